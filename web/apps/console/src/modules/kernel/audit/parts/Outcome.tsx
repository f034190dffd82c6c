import type { AuditEntry } from "@cove/api/types";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

const COLOURS = { done: "default", refused: "warning", failed: "error" } as const;

/** How it ended. */
export function Outcome({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  return <Tag color={COLOURS[entry.outcome]}>{t(`outcome.${entry.outcome}`)}</Tag>;
}
