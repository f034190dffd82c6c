import type { CustomerGroup } from "@cove/api/types";
import { Count } from "@cove/kit/region/Count";
import { useTranslation } from "react-i18next";

import styles from "./GroupCard.module.css";

/** A customer group on a phone. */
export function GroupCard({ group }: { group: CustomerGroup }) {
  const { t } = useTranslation("channels");
  return (
    <span className={styles.card}>
      <span className={styles.name}>{group.name || t("groups.unnamed")}</span>
      <span className={styles.figures}>
        {group.owner && <span>{t("groups.owner")} {group.owner.name}</span>}
        <span>{t("groups.people")} <b><Count value={group.people} /></b></span>
        <span>{t("groups.customers")} <b><Count value={group.customers} /></b></span>
      </span>
    </span>
  );
}
