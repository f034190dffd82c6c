import type { TrackingPlan } from "@cove/api/types";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./plan.module.css";

const COLOURS = { added: "success", changed: "processing", removed: "error" } as const;
const SHOWN = 12;

/** The names of the events that a version adds, changes, and removes. */
export function ChangeTags({ changes }: { changes: TrackingPlan["waiting"] }) {
  const { t } = useTranslation("tracking");
  return (
    <>
      {(Object.keys(COLOURS) as (keyof typeof COLOURS)[]).filter((kind) => changes[kind].length > 0).map((kind) => (
        <p key={kind} className={`${styles.names ?? ""} ${styles.tags ?? ""}`}>
          <span className={styles.second}>{t(`plan.versions.${kind}`)} </span>
          {changes[kind].slice(0, SHOWN).map((name) => <Tag key={name} color={COLOURS[kind]} className={styles.name}>{name}</Tag>)}
          {changes[kind].length > SHOWN && <span className={styles.second}>+{changes[kind].length - SHOWN}</span>}
        </p>
      ))}
    </>
  );
}
