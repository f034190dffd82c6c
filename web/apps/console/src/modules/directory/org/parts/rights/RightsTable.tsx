import { CheckOutlined, MinusOutlined } from "@ant-design/icons";
import type { MemberRights } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Rights.module.css";

type Right = MemberRights["modules"][number]["rights"][number];

/** Every right that there is, or those the member holds: how widely, and by which role. */
export function RightsTable({ found }: { found: MemberRights }) {
  const { t } = useTranslation("org");
  const [all, setAll] = useState(false);
  const scopeOf = (right: Right) => (right.scope && right.scoped ? t(`scope.${right.scope}`) : "");
  const by = (right: Right) => right.sources.map((source) => {
    const scope = right.scoped ? `（${t(`scope.${source.scope}`)}）` : "";
    const implied = source.implied_by.length > 0 ? t("roles.impliedBy", { names: source.implied_by.join(t("handOver.and")) }) : "";
    return [source.role.name + scope, implied].filter(Boolean).join(" ");
  }).join("；");
  const modules = found.modules
    .map((module) => ({ ...module, rights: module.rights.filter((right) => all || right.scope) }))
    .filter((module) => module.rights.length > 0);
  return (
    <Panel
      title={t("rights.title")} flush
      extra={<span className={styles.all}><Switch size="small" id="rights-all" checked={all} onChange={setAll} aria-label={t("rights.showAll")} /> {t("rights.showAll")}</span>}
    >
      {modules.length === 0 && <p className={styles.nothing}>{t("rights.nothing")}</p>}
      {modules.map((module) => (
        <section key={module.key} aria-label={module.label}>
          <h3 className={styles.module}>{module.label}</h3>
          <ul className={styles.rights}>
            {module.rights.map((right) => (
              <li key={right.key} className={right.scope ? styles.right : styles.lacking}>
                {right.scope ? <CheckOutlined className={styles.yes} aria-label={t("rights.held")} /> : <MinusOutlined aria-label={t("rights.lacking")} />}
                <span>{right.label}</span>
                <span>{scopeOf(right)}</span>
                <span className={styles.by}>{by(right)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
