import { useMay } from "@cove/api/session";
import type { Breach } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Button, Select, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { BreachSamples } from "../../parts/plan/BreachSamples";
import styles from "../../parts/plan/plan.module.css";
import { PlanTabs } from "../../parts/plan/PlanTabs";
import { Spark } from "../../parts/plan/Spark";
import { BREACH_KINDS, breachesQuery, PLAN, useAdopt } from "../../api/plan";

const DAYS = [1, 7, 30];
const keyOf = (breach: Breach) => `${breach.kind} ${breach.event} ${breach.property}`;

export default function Breaches() {
  const { t } = useTranslation("tracking");
  const [state, change] = useUrlState();
  const days = DAYS.find((one) => one.toString() === state.days) ?? 7;
  const { data, error, refetch } = useQuery({ ...breachesQuery(days, state.kind, state.event), placeholderData: keepPreviousData });
  return (
    <PageShell title={t("plan.title")} lead={t("plan.breach.lead")}>
      <PlanTabs />
      <div className={styles.controls}>
        <Select aria-label={t("plan.breach.days", { count: days })} value={days} options={DAYS.map((value) => ({ value, label: t("plan.breach.days", { count: value }) }))} onChange={(value) => { change({ days: value.toString() }); }} />
        <Select aria-label={t("plan.breach.kind")} value={state.kind ?? ""} popupMatchSelectWidth={false} style={{ minWidth: 148 }}
          options={[{ value: "", label: t("plan.breach.allKinds") }, ...BREACH_KINDS.map((value) => ({ value, label: t(`plan.breach.kinds.${value}`) }))]}
          onChange={(value) => { change({ kind: value }); }} />
        {state.event && <Button onClick={() => { change({ event: undefined }); }}>{state.event} · {t("plan.breach.clear")}</Button>}
      </div>
      {data?.more && <Alert className={styles.lead} type="info" showIcon title={t("plan.breach.more")} />}
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (data.items.length === 0 ? <Panel><Empty title={t("plan.breach.empty")} text={t("plan.breach.emptyText")} /></Panel> : <Found items={data.items} />)}
    </PageShell>
  );
}

function Found({ items }: { items: Breach[] }) {
  const { t } = useTranslation("tracking");
  return (
    <Panel flush>
      <Table<Breach>
        rowKey={keyOf} dataSource={items} pagination={false} size="middle" scroll={{ x: 860 }} aria-label={t("plan.tab.breaches")}
        expandable={{ expandedRowRender: (breach) => <BreachSamples breach={breach} />, rowExpandable: (breach) => breach.samples.length > 0, columnWidth: 44, columnTitle: <span className="cove-unseen">{t("plan.breach.samples")}</span> }}
        columns={[
          { key: "event", title: t("plan.breach.event"), render: (_, breach) => <Named breach={breach} /> },
          { key: "kind", title: t("plan.breach.kind"), width: 170, render: (_, breach) => t(`plan.breach.kinds.${breach.kind}`) },
          { key: "count", title: t("plan.breach.count"), width: 90, align: "right", render: (_, breach) => <Count value={breach.count} /> },
          { key: "days", title: t("plan.breach.trend"), width: 130, render: (_, breach) => <Spark days={breach.days} /> },
          { key: "last", title: t("plan.breach.lastAt"), width: 120, render: (_, breach) => <Time at={breach.last_at} /> },
          { key: "act", title: <span className="cove-unseen">{t("plan.breach.act")}</span>, width: 130, render: (_, breach) => <Adopt breach={breach} /> },
        ]}
      />
    </Panel>
  );
}

function Named({ breach }: { breach: Breach }) {
  const { t } = useTranslation("tracking");
  if (!breach.event) return <span className={styles.second}>{t("plan.breach.others")}</span>;
  return (
    <span className={styles.name}>
      {breach.kind === "unplanned" ? <code>{breach.event}</code> : <Link to={`${PLAN}?search=${encodeURIComponent(breach.event)}`}><code>{breach.event}</code></Link>}
      {breach.property && <> · <code>{breach.property}</code></>}
    </span>
  );
}

function Adopt({ breach }: { breach: Breach }) {
  const { t } = useTranslation("tracking");
  const mayChange = useMay()("tracking.manage_plan");
  const navigate = useNavigate();
  const toast = useToast();
  const adopt = useAdopt();
  const { kind, event, property } = breach;
  if (kind === "unplanned" && breach.planned) return <span className={styles.second}>{t("plan.breach.planned")}</span>;
  if (!mayChange || !event || (kind !== "unplanned" && kind !== "extra" && kind !== "choice")) return null;
  const take = () => {
    adopt.mutate({ kind, event, property }, {
      onSuccess: (made) => {
        toast.done(t("plan.breach.adopted", { name: made.name }));
        void navigate(`${PLAN}/events/${made.id.toString()}`);
      },
      onError: toast.failed,
    });
  };
  return <Button size="small" loading={adopt.isPending} onClick={take}>{t(`plan.breach.adopt.${kind}`)}</Button>;
}
