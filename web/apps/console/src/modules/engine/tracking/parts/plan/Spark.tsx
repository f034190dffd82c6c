import { useTranslation } from "react-i18next";

import styles from "./plan.module.css";

/** Counts day by day, as small bars. */
export function Spark({ days }: { days: number[] }) {
  const { t } = useTranslation("tracking");
  const most = Math.max(1, ...days);
  return (
    <span className={styles.spark} role="img" aria-label={`${t("plan.breach.trend")}: ${days.join(" ")}`}>
      {days.map((count, day) => <i key={day.toString()} style={{ height: `${Math.ceil(count / most * 22).toString()}px` }} title={count.toString()} />)}
    </span>
  );
}
