import type { FunnelResult } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { duration, percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useTranslation } from "react-i18next";

import styles from "./FunnelBars.module.css";

/** The funnel as bars: people at each step, and between steps how many went on and how long they took. */
export function FunnelBars({ result }: { result: FunnelResult }) {
  const { t } = useTranslation("insight");
  const { language } = useRegion();
  return (
    <Panel title={t("chart")}>
      <ol className={styles.funnel}>
        {result.steps.map((step, index) => (
          <li key={`${index.toString()}-${step.kind}`}>
            {index > 0 && (
              <p className={styles.between}>
                <span className={styles.rate}>{percent(step.from_previous, language)}</span>
                {step.median_seconds !== null && <span>{t("median", { time: duration(step.median_seconds, language) })}</span>}
              </p>
            )}
            <div className={styles.row}>
              <span className={styles.label}>{step.label}</span>
              <span className={styles.track}>
                <span className={styles.bar} style={{ width: `${(step.from_first * 100).toFixed(2)}%` }} />
              </span>
              <span className={styles.people}><Count value={step.people} /></span>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
