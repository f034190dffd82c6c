import type { ReachQuota } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { Progress } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./Rules.module.css";

const WHOLE = 100;

/** How much of what the platforms allow is used. */
export function QuotaPanel({ quotas }: { quotas: ReachQuota[] }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  if (quotas.length === 0) return null;
  return (
    <Panel title={t("rules.quotas")}>
      <p className={styles.text}>{t("rules.quotasText")}</p>
      <ul className={styles.lines}>
        {quotas.map((one) => (
          <li key={one.key} className={styles.line}>
            <div>
              <b>{one.label}</b>
              <div className={styles.text}>
                {t("rules.used", { used: exactNumber(one.used, language), most: exactNumber(one.most, language) })} {t(`rules.per.${one.per}`)}
                {one.used > 0 && one.per !== "minute" && <> · {t("rules.until")} <Time at={one.until} /></>}
              </div>
            </div>
            <Progress className={styles.bar} percent={Math.min(WHOLE, Math.round((one.used / one.most) * WHOLE))} size="small" aria-label={one.label} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
