import type { Delivery } from "@cove/api/types";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import styles from "./Delivery.module.css";

const TONES: Record<string, string | undefined> = { sent: styles.good, pending: styles.calm, sending: styles.calm };

/** How an act ended, and what the platform said since. */
export function DeliveryState({ row }: { row: Delivery }) {
  return (
    <span className={styles.states}>
      <span className={TONES[row.state] ?? styles.bad}>{row.state_label}</span>
      {row.heard_label && <span className={styles.calm}>{row.heard_label}</span>}
    </span>
  );
}

/** An act on a phone. */
export function DeliveryCard({ row }: { row: Delivery }) {
  const { t } = useTranslation("channels");
  return (
    <span className={styles.card}>
      <span className={styles.head}><b>{row.label}</b><DeliveryState row={row} /></span>
      <span className={styles.text}>{[row.contact?.name, row.purpose === "marketing" ? t("deliveries.marketing") : "", row.reason_label].filter(Boolean).map((part) => `${part} · `)}<Time at={row.created_at} /></span>
    </span>
  );
}
