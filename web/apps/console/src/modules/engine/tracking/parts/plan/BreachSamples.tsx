import type { Breach } from "@cove/api/types";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import styles from "./Samples.module.css";

/** A value as JSON says it; texts without their quotes. */
export function shownValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The first events of a day that broke the plan in this way. */
export function BreachSamples({ breach }: { breach: Breach }) {
  const { t } = useTranslation("tracking");
  const got = (value: unknown) => breach.kind === "unplanned" && shownValue(value) === "{}" ? t("plan.breach.nothing") : shownValue(value);
  return (
    <ul className={styles.samples} aria-label={t("plan.breach.samples")}>
      {breach.samples.map((sample, place) => (
        <li key={`${sample.message_id} ${place.toString()}`}>
          <Time at={sample.at} />
          {sample.expected && <span className={styles.second}>{t("plan.breach.expected")} <code>{sample.expected}</code></span>}
          {breach.kind !== "missing" && breach.kind !== "retired" && <span className={styles.got}>{t("plan.breach.got")} <code>{got(sample.got)}</code></span>}
          <span className={styles.second} title={t("plan.breach.message")}>{sample.message_id}</span>
        </li>
      ))}
    </ul>
  );
}
