import type { LiveCode } from "@cove/api/types";
import { Count } from "@cove/kit/region/Count";
import { useTranslation } from "react-i18next";

import styles from "./CodeCard.module.css";
import { Qr } from "./Qr";

export function CodeCard({ code }: { code: LiveCode }) {
  const { t } = useTranslation("live_codes");
  const figures = ["scans", "adds", "losses"] as const;
  return (
    <span className={styles.card}>
      <Qr code={code} size={60} />
      <span className={styles.words}>
        <b className={styles.name}>{code.name}</b>
        <span className={styles.members}>{code.members.map((member) => member.name).join("、")}</span>
        <span className={styles.figures}>
          {figures.map((key) => <span key={key}>{t(`figure.${key}`)} <b><Count value={code.figures[key]} /></b></span>)}
        </span>
      </span>
    </span>
  );
}
