import type { Link } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import styles from "./LinkName.module.css";
import { closedBy } from "./values";

/** A link's name, with the mark of one that leads nowhere. */
export function LinkName({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const closed = closedBy(link);
  return (
    <span className={styles.name}>
      <span className={styles.text}>{link.name}</span>
      {closed && <span className={styles.closed}>{t(`closed.${closed}`)}</span>}
    </span>
  );
}
