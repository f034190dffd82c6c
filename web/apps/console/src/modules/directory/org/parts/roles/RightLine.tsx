import type { RightsCatalogue, Scope } from "@cove/api/types";
import { Checkbox, Select } from "antd";
import { useTranslation } from "react-i18next";

import { wider, type Grantable, type Held } from "./rights";
import styles from "./RightsMatrix.module.css";

const MOST_REASONS = 2;

interface RightLineProps {
  operation: Grantable;
  scopes: RightsCatalogue["scopes"];
  held: Held | undefined;
  locked: boolean;
  set: (scope: Scope | undefined) => void;
}

export function RightLine({ operation, scopes, held, locked, set }: RightLineProps) {
  const { t } = useTranslation("org");
  // Implied by another right: it cannot be taken away, only widened.
  const implied = held !== undefined && held.because.length > 0;
  const least = implied ? held.scope : undefined;
  const offered = scopes.filter((scope) => least === undefined || wider(scope.key as Scope, least) === scope.key);
  return (
    <li className={styles.line}>
      <Checkbox className={styles.box}
        checked={held !== undefined} disabled={locked || implied}
        onChange={(event) => { set(event.target.checked ? (operation.scoped ? "own" : "all") : undefined); }}
      >
        {operation.label}
        {implied && <span className={styles.because}>{t("roles.impliedBy", { names: held.because.slice(0, MOST_REASONS).join(t("handOver.and")) + (held.because.length > MOST_REASONS ? "…" : "") })}</span>}
      </Checkbox>
      {operation.scoped && held && (
        <Select<Scope>
          size="small" className={styles.scope} disabled={locked} popupMatchSelectWidth={false}
          aria-label={t("roles.scopeOf", { name: operation.label })}
          value={held.scope} options={offered.map((scope) => ({ value: scope.key as Scope, label: scope.label }))}
          onChange={(scope) => { set(scope); }}
        />
      )}
    </li>
  );
}
