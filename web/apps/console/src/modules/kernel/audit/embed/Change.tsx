import type { AuditChange, AuditValue } from "@cove/api/types";
import { exactTime } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import styles from "./Change.module.css";
import { useAuditWords } from "./words";

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

function Side({ text, kind }: { text: string; kind: "before" | "after" }) {
  const { t } = useTranslation("audit");
  const { language, timezone } = useRegion();
  if (!text) return <span className={styles.blank}>{t("change.blank")}</span>;
  return <span className={kind === "before" ? styles.before : styles.after}>{MOMENT.test(text) ? exactTime(text, language, timezone) : text}</span>;
}

function Value({ value, change }: { value: AuditValue; change: AuditChange }) {
  const { t } = useTranslation("audit");
  const plain = value.concealed ? t("change.concealed") : "";
  return (
    <div className={styles.value}>
      <dt>{value.label}</dt>
      <dd>
        {plain || change.forgotten || change.rows > 1 ? <span className={styles.blank}>{plain}</span> : (
          <>
            {change.op !== "insert" && <Side text={value.before} kind="before" />}
            {change.op === "update" && <span aria-hidden className={styles.arrow}>→</span>}
            {change.op !== "delete" && <Side text={value.after} kind="after" />}
          </>
        )}
      </dd>
    </div>
  );
}

/** One row that was changed: its columns before and after. */
export function Change({ change }: { change: AuditChange }) {
  const { t } = useTranslation("audit");
  const words = useAuditWords();
  const { record } = change;
  const name = words.record(record);
  return (
    <div className={styles.change}>
      <div className={styles.head}>
        <span className={styles.op} data-op={change.op}>{t(`op.${change.op}`)}</span>
        <span>{record.title ? `${record.label} ` : ""}{record.link ? <Link to={record.link}>{name}</Link> : name}</span>
      </div>
      {change.rows > 1 && <p className={styles.note}>{t("change.summed", { count: change.rows, sample: change.sample.join(", ") })}</p>}
      {change.forgotten && <p className={styles.note}>{t("change.forgotten")}</p>}
      <dl className={styles.values}>
        {change.values.filter(({ column }) => column !== "id").map((value) => <Value key={value.column} value={value} change={change} />)}
      </dl>
    </div>
  );
}
