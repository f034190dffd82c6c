import type { PlannedEvent } from "@cove/api/types";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./plan.module.css";

const COLOURS = { draft: "default", live: "success", retired: "warning" } as const;

/** Where an event stands: as it is written, and whether that is in force. */
export function EventState({ event }: { event: Pick<PlannedEvent, "status" | "pql" | "published" | "changed"> }) {
  const { t } = useTranslation("tracking");
  return (
    <span className={styles.tags}>
      <Tag color={COLOURS[event.status]}>{t(`plan.statuses.${event.status}`)}</Tag>
      {event.pql && <Tag color="processing">{t("plan.pql")}</Tag>}
      {event.changed && <Tag>{t("plan.changed")}</Tag>}
      {!event.published && event.status !== "draft" && <Tag>{t("plan.unpublished")}</Tag>}
    </span>
  );
}
