import { ArrowDownOutlined, ArrowUpOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import { percent } from "../region/format";
import { Count } from "../region/Count";
import { useRegion } from "../region/Region";
import styles from "./Figures.module.css";

export interface Figure {
  key: string;
  label: string;
  /** A number, or text that is formatted already (a share, a span of time). */
  value: number | string | null;
  /** The same number in the period before. */
  previous?: number;
  definition?: string;
  /** Growth of this number is bad news (losses). */
  lessIsBetter?: boolean;
}

function Change({ value, previous, lessIsBetter }: { value: number; previous: number; lessIsBetter: boolean }) {
  const { t } = useTranslation("kit");
  const { language } = useRegion();
  if (previous === 0) return <span className={styles.previous}>{t("report.previousWas", { value: 0 })}</span>;
  const change = (value - previous) / Math.abs(previous);
  const tone = change === 0 ? undefined : change > 0 === lessIsBetter ? styles.worse : styles.better;
  return (
    <span className={styles.previous} title={t("report.previousWas", { value: previous })}>
      <span className={tone}>
        {change > 0 && <ArrowUpOutlined aria-hidden />}
        {change < 0 && <ArrowDownOutlined aria-hidden />}
        {percent(change, language).replace("-", "−")}
      </span>{" "}
      {t("report.toPrevious")}
    </span>
  );
}

/** The row of figures on top of a report; what each one means is told on hover and on focus. */
export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ key, label, value, previous, definition, lessIsBetter = false }) => (
        <div key={key} className={styles.figure}>
          <dt className={styles.label}>
            {label}
            {definition && (
              <Tooltip title={definition}>
                <button type="button" className={styles.help} aria-label={`${label}: ${definition}`}><QuestionCircleOutlined aria-hidden /></button>
              </Tooltip>
            )}
          </dt>
          <dd className={typeof value === "string" ? `${styles.value} ${styles.words}` : styles.value}>{typeof value === "string" ? value : <Count value={value} />}</dd>
          {typeof value === "number" && previous !== undefined && (
            <dd><Change value={value} previous={previous} lessIsBetter={lessIsBetter} /></dd>
          )}
        </div>
      ))}
    </dl>
  );
}
