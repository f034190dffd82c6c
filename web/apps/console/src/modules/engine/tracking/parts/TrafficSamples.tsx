import type { TrafficReport, TrafficSample } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Select, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { samplesQuery, type TrafficQuestion } from "../api/traffic";
import { MarkButton } from "./MarkButton";
import styles from "./TrafficSamples.module.css";

function Sample({ sample }: { sample: TrafficSample }) {
  const { t } = useTranslation("tracking");
  const { language } = useRegion();
  return (
    <li className={styles.sample}>
      <div className={styles.who}>
        <span className={styles.device} title={sample.user_agent}>
          {sample.contact ? <Link to={`/people/contacts/${sample.contact.id.toString()}`}>{sample.contact.name}</Link> : sample.device}
        </span>
        <span className={styles.second}>{[sample.contact && sample.device, sample.address, sample.source].filter(Boolean).join(" · ")}</span>
      </div>
      <div className={styles.why}>
        <Tooltip title={t("traffic.scoreHint")}><button type="button" className={styles.score}>{sample.score}</button></Tooltip>
        {sample.reasons.map((one) => <Tooltip key={one.reason} title={one.explained}><button type="button" className={styles.reason}><Tag>{one.name}</Tag></button></Tooltip>)}
      </div>
      <div className={styles.what}>
        <span>{t("traffic.did", { count: sample.events, number: exactNumber(sample.events, language) })} · <Time at={sample.last_at} /></span>
        {sample.pages.length > 0 && <span className={styles.pages} title={sample.pages.join("\n")}>{sample.pages.join(" / ")}</span>}
      </div>
      <MarkButton sample={sample} />
    </li>
  );
}

interface TrafficSamplesProps extends TrafficQuestion {
  reasons: TrafficReport["reasons"];
  reason: string;
  choose: (reason: string | undefined) => void;
}

/** The last who were suspicious, with what one may say about them. */
export function TrafficSamples({ reasons, reason, choose, ...question }: TrafficSamplesProps) {
  const { t } = useTranslation("tracking");
  const { data, error, refetch } = useQuery(samplesQuery({ ...question, reason }));
  return (
    <Panel
      flush
      title={t("traffic.samples")}
      extra={
        <Select
          size="small" allowClear aria-label={t("traffic.reason")} placeholder={t("traffic.anyReason")} popupMatchSelectWidth={false}
          value={reason || undefined} onChange={choose} options={reasons.map((one) => ({ value: one.reason, label: one.name }))}
        />
      }
    >
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("traffic.noSamples")} text={t("traffic.noSamplesText")} />}
      {data && data.items.length > 0 && (
        <ul className={styles.samples}>
          {data.items.map((sample) => <Sample key={`${sample.visitor} ${sample.address}`} sample={sample} />)}
        </ul>
      )}
    </Panel>
  );
}
