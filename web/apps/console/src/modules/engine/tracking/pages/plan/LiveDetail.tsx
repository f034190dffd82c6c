import { CaretRightOutlined, ClearOutlined, PauseOutlined } from "@ant-design/icons";
import type { Sighting } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Segmented, Select } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { sourcesQuery } from "../../api/sources";
import styles from "../../parts/plan/plan.module.css";
import { PlanTabs } from "../../parts/plan/PlanTabs";
import { SightingLine } from "../../parts/plan/SightingLine";
import { useWatch } from "../../parts/plan/useWatch";

type Pause = "no" | "asked" | "tired";
const VERDICTS = ["accepted", "noted", "refused"] as const;

/** Whether an event fits what the reader looks for. */
export function fits(sighting: Sighting, verdict: string | undefined, text: string): boolean {
  if (verdict && sighting.verdict !== verdict) return false;
  const looked = [sighting.name, sighting.message_id, sighting.message, JSON.stringify(sighting.properties)].join("\n");
  return looked.toLowerCase().includes(text.trim().toLowerCase());
}

export default function Live() {
  const { t } = useTranslation("tracking");
  const [state, change] = useUrlState();
  const { data, error, refetch } = useQuery(sourcesQuery);
  const source = urlNumber(state.source) ?? data?.items[0]?.id;
  return (
    <PageShell title={t("plan.title")} lead={t("plan.live.lead")}>
      <PlanTabs />
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && source === undefined && (
        <Panel><Empty title={t("plan.live.noSource")} text={t("plan.live.noSourceText")} action={<Link to="/settings/tracking"><Button type="primary">{t("title")}</Button></Link>} /></Panel>
      )}
      {data && source !== undefined && (
        <Debugger
          source={source}
          picker={
            <Select aria-label={t("plan.live.source")} value={source} popupMatchSelectWidth={false} style={{ minWidth: 160 }}
              options={data.items.map((one) => ({ value: one.id, label: one.name }))} onChange={(id) => { change({ source: id.toString() }); }} />
          }
        />
      )}
    </PageShell>
  );
}

function Debugger({ source, picker }: { source: number; picker: React.ReactNode }) {
  const { t } = useTranslation("tracking");
  const [state, change] = useUrlState();
  const [pause, setPause] = useState<Pause>("no");
  const { items, error, clear } = useWatch(source, pause !== "no", useCallback(() => { setPause("tired"); }, []));
  const found = items.filter((one) => fits(one, state.verdict, state.search ?? ""));
  const verdicts = [{ value: "", label: t("plan.live.all") }, ...VERDICTS.map((value) => ({ value, label: t(`plan.live.short.${value}`) }))];
  return (
    <>
      <div className={styles.controls}>
        {picker}
        <Segmented value={state.verdict ?? ""} options={verdicts} onChange={(verdict) => { change({ verdict }); }} />
        <Input.Search allowClear style={{ width: 240 }} aria-label={t("plan.live.filter")} placeholder={t("plan.live.filter")} defaultValue={state.search} onChange={(event) => { change({ search: event.target.value }); }} />
        <Button icon={pause === "no" ? <PauseOutlined /> : <CaretRightOutlined />} onClick={() => { setPause(pause === "no" ? "asked" : "no"); }}>{t(pause === "no" ? "plan.live.pause" : "plan.live.resume")}</Button>
        <Button icon={<ClearOutlined />} disabled={items.length === 0} onClick={clear}>{t("plan.live.clear")}</Button>
      </div>
      {error && <ErrorNotice error={error} />}
      {pause !== "no" && <p className={styles.lead} role="status">{t(pause === "tired" ? "plan.live.idle" : "plan.live.paused")} · {t("plan.live.pausedText")}</p>}
      <Panel flush>
        {found.length === 0 && items.length > 0 && <Empty title={t("plan.live.nothingMatches")} />}
        {items.length === 0 && <Empty title={t(pause === "no" ? "plan.live.watching" : "plan.live.paused")} text={pause === "no" ? t("plan.live.watchingText") : ""} />}
        <ul aria-label={t("plan.tab.live")}>{found.map((one) => <SightingLine key={one.id} sighting={one} />)}</ul>
      </Panel>
    </>
  );
}
