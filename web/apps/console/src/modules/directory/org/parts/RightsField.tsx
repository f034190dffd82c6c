import type { DataScope, GrantableRight } from "@cove/api/types";
import { Checkbox, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { KeyScopes } from "../api/keys";
import styles from "./RightsField.module.css";

const SCOPES: DataScope[] = ["own", "departments", "subtree", "all"];

interface RightsFieldProps {
  choices: GrantableRight[];
  value?: KeyScopes;
  onChange?: (value: KeyScopes) => void;
}

/** Choose rights out of one's own, each with whose data it reaches, no further than one's own does. */
export function RightsField({ choices, value = {}, onChange }: RightsFieldProps) {
  const { t } = useTranslation("org");
  const [search, setSearch] = useState("");
  const found = choices.filter(({ label, key }) => `${label} ${key}`.toLowerCase().includes(search.trim().toLowerCase()));
  const set = (key: string, scope: DataScope | undefined) => {
    const others = Object.entries(value).filter(([held]) => held !== key);
    onChange?.(Object.fromEntries(scope ? [...others, [key, scope]] : others));
  };
  return (
    <>
      <Input allowClear placeholder={t("keys.searchRights")} aria-label={t("keys.searchRights")} value={search} onChange={(event) => { setSearch(event.target.value); }} />
      <div className={styles.list}>
        {found.map((right) => (
          <div key={right.key} className={styles.row}>
            <Checkbox checked={right.key in value} onChange={(event) => { set(right.key, event.target.checked ? right.widest : undefined); }}>{right.label}</Checkbox>
            {right.scoped && value[right.key] && (
              <div className={styles.scope}><Select
                size="small" aria-label={t("keys.scopeOf", { right: right.label })} value={value[right.key]}
                onChange={(scope) => { set(right.key, scope); }}
                options={SCOPES.slice(0, SCOPES.indexOf(right.widest) + 1).map((scope) => ({ value: scope, label: t(`keys.scope.${scope}`) }))}
              /></div>
            )}
          </div>
        ))}
      </div>
    </>
  );
}
