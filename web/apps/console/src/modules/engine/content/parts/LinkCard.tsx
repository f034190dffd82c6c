import type { Link } from "@cove/api/types";
import { Count } from "@cove/kit/region/Count";
import { useTranslation } from "react-i18next";

import styles from "./LinkCard.module.css";
import { LinkName } from "./LinkName";

/** A link on a phone. */
export function LinkCard({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const figures = ["clicks", "recipients", "suspicious"] as const;
  return (
    <span className={styles.card}>
      <span className={styles.name}><LinkName link={link} /></span>
      <span className={styles.target}>{link.target}</span>
      <span className={styles.figures}>
        {figures.map((key) => <span key={key}>{t(`figure.${key}`)} <b><Count value={link.figures[key]} /></b></span>)}
      </span>
    </span>
  );
}
