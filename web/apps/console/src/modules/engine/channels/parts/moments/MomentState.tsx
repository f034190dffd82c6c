import type { Moment } from "@cove/api/types";
import { Badge } from "antd";
import { useTranslation } from "react-i18next";

import styles from "../mass/Mass.module.css";

const LOOKS = { waiting: "processing", asked: "processing", made: "processing", done: "success", cancelled: "default", failed: "error" } as const;

/** Where a moment stands, and why it failed. */
export function MomentState({ row }: { row: Moment }) {
  const { t } = useTranslation("channels");
  const why = row.errcode === null ? row.reason : `${row.reason} (${row.errcode.toString()})`;
  return (
    <span className={styles.state}>
      <Badge status={LOOKS[row.state]} text={t(`moments.states.${row.state}`)} />
      {row.reason && <span className={styles.second}>{why}</span>}
    </span>
  );
}
