import type { RightsCatalogue, Role } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import { difference, effective, operationsOf, type Rights } from "./rights";
import styles from "./RoleForm.module.css";

/** How many members a change will affect, and what it changes for them. */
export function Effect({ role, rights, catalogue }: { role: Role; rights: Rights; catalogue: RightsCatalogue }) {
  const { t } = useTranslation("org");
  const operations = operationsOf(catalogue);
  const { added, removed, changed } = difference(effective(role.rights, operations), effective(rights, operations));
  const parts = [
    added > 0 && t("roles.added", { count: added }),
    removed > 0 && t("roles.removed", { count: removed }),
    changed > 0 && t("roles.rescoped", { count: changed }),
  ].filter(Boolean);
  return (
    <span role="status" className={styles.effect}>
      {[t("roles.affects", { count: role.members }), ...parts].join(" · ")}
    </span>
  );
}
