import { MedicineBoxOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { ChannelHealth } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { JobWatch } from "../../../kernel/jobs/embed/JobProgress";
import { useJobDone } from "../../../kernel/jobs/embed/useJobDone";
import { healthQuery, useExamine } from "../api/health";
import styles from "../parts/Health.module.css";
import { HealthPanel } from "../parts/HealthPanel";

function Running({ id }: { id: number }) {
  const queries = useQueryClient();
  useJobDone(id, useCallback(() => { void queries.invalidateQueries({ queryKey: healthQuery.queryKey }); }, [queries]));
  return <Panel><JobWatch id={id} /></Panel>;
}

function Unused({ channels }: { channels: ChannelHealth[] }) {
  const { t } = useTranslation("channels");
  if (channels.length === 0) return null;
  return (
    <Panel title={t("health.unused")}>
      <p className={styles.second}>{t("health.unusedText")}</p>
      <div className={styles.unused}>{channels.map((one) => <Link key={one.key} to={one.path}>{one.label}</Link>)}</div>
    </Panel>
  );
}

export default function HealthDetail() {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const may = useMay()("doctor.examine");
  const { data, error, refetch } = useQuery(healthQuery);
  const examine = useExamine();
  const run = may && (
    <Button type="primary" icon={<MedicineBoxOutlined />} loading={examine.isPending} onClick={() => { examine.mutate(undefined, { onError: toast.failed }); }}>
      {t("health.run")}
    </Button>
  );
  const aside = data && (data.examined_at ? <>{t("health.examined")} <Time at={data.examined_at} /></> : t("health.never"));
  return (
    <PageShell title={t("health.title")} lead={t("health.lead")} aside={aside} actions={run} width="narrow">
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      <div className={styles.page}>
        {examine.data && <Running id={examine.data.job_id} />}
        {data?.channels.filter((one) => one.in_use).map((one) => <HealthPanel key={one.key} channel={one} />)}
        {data && <Unused channels={data.channels.filter((one) => !one.in_use)} />}
      </div>
    </PageShell>
  );
}
