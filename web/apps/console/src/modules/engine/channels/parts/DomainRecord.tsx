import type { EmailRecord } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./DomainPanel.module.css";

/** One record of the DNS: what it must be, to copy, and whether it is. */
export function DomainRecord({ record }: { record: EmailRecord }) {
  const { t } = useTranslation("channels");
  const state = record.ok ? "good" : record.looked ? "bad" : "unknown";
  const colour = { good: "success", bad: "warning", unknown: "default" }[state];
  return (
    <div className={styles.record}>
      <b>{record.label}</b>
      <Tag color={colour}>{t(`email.record.${state}`)}</Tag>
      <div className={styles.line}>
        <span className={styles.key}>{t("email.record.name")}</span>
        <code>{record.name}</code>
        <CopyText text={record.name} label={t("email.record.copyName")} />
      </div>
      <div className={styles.line}>
        <span className={styles.key}>{record.kind}</span>
        <code>{record.wanted}</code>
        <CopyText text={record.wanted} label={t("email.record.copyValue")} />
      </div>
      {record.looked && !record.ok && <p className={styles.problem}>{record.problem}</p>}
    </div>
  );
}
