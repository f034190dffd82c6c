import type { MassMessage } from "@cove/api/types";
import { Badge } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./Mass.module.css";

const LOOKS = { waiting: "processing", made: "processing", done: "success", cancelled: "default", failed: "error" } as const;

/** Where a mass message stands, and why it failed. */
export function MassState({ row }: { row: MassMessage }) {
  const { t } = useTranslation("channels");
  const why = row.errcode === null ? row.reason : `${row.reason} (${row.errcode.toString()})`;
  return (
    <span className={styles.state}>
      <Badge status={LOOKS[row.state]} text={t(`mass.states.${row.state}`)} />
      {row.reason && <span className={styles.second}>{why}</span>}
    </span>
  );
}

export const lost = (row: MassMessage) => row.failed.reduce((sum, one) => sum + one.count, 0);
