import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, MinusCircleOutlined } from "@ant-design/icons";
import type { ChannelHealth } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { AbilityTable } from "./AbilityTable";
import styles from "./Health.module.css";

type Level = ChannelHealth["level"];

function Mark({ level }: { level: Level }) {
  const { t } = useTranslation("channels");
  const label = t(`health.level.${level}`);
  if (level === "ok") return <CheckCircleFilled className={styles.good} aria-label={label} />;
  if (level === "warning") return <ExclamationCircleFilled className={styles.warning} aria-label={label} />;
  if (level === "broken") return <CloseCircleFilled className={styles.broken} aria-label={label} />;
  return <MinusCircleOutlined className={styles.unknown} aria-label={label} />;
}

/** One channel in use: what was asked, what is wrong, and what to do about it. */
export function HealthPanel({ channel }: { channel: ChannelHealth }) {
  const { t } = useTranslation("channels");
  return (
    <Panel title={<span className={styles.title}><Mark level={channel.level} />{channel.label}</span>} extra={<Link to={channel.path}>{t("health.open")}</Link>}>
      <ul className={styles.checks}>
        {channel.checks.map((check) => (
          <li key={check.key} className={styles.check}>
            <Mark level={check.level} />
            <div className={styles.words}>
              <div className={check.findings.length > 0 ? styles.second : undefined}>{check.label}</div>
              {/* Two webhooks of one name may suffer the same: their places tell them apart. */}
              {check.findings.map((found, place) => (
                <div key={`${found.text}-${place.toString()}`} className={styles.finding}>
                  <b>{found.text}</b> <span className={styles.second}>{t("health.since")} <Time at={found.since} /></span>
                  <p>{found.remedy}</p>
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <AbilityTable abilities={channel.abilities} />
    </Panel>
  );
}
