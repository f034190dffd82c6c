import { useMay } from "@cove/api/session";
import type { PlanVersion } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { useToast } from "@cove/kit/feedback/useToast";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNarrow } from "@cove/kit/page/useNarrow";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm, Table, type TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { ChangeTags } from "../../parts/plan/ChangeTags";
import { PlanTabs } from "../../parts/plan/PlanTabs";
import { PLAN, useRestore, versionsQuery } from "../../api/plan";

function Restore({ version }: { version: PlanVersion }) {
  const { t } = useTranslation("tracking");
  const toast = useToast();
  const navigate = useNavigate();
  const restore = useRestore();
  const send = () => restore.mutateAsync(version.id).then(() => {
    toast.done(t("plan.versions.restored", { version: version.number }));
    void navigate(PLAN);
  }, toast.failed);
  return (
    <Popconfirm
      title={t("plan.versions.restoreTitle", { version: version.number })} description={t("plan.versions.restoreText")}
      okText={t("plan.versions.restore")} onConfirm={() => void send()} placement="left" styles={{ root: { maxWidth: 360 } }}
    >
      <Button type="link" size="small" loading={restore.isPending}>{t("plan.versions.restore")}</Button>
    </Popconfirm>
  );
}

function useVersionColumns(narrow: boolean): TableColumnsType<PlanVersion> {
  const { t } = useTranslation("tracking");
  const mayRestore = useMay()("tracking.manage_plan");
  const by = (version: PlanVersion) => version.published_by?.name ?? t("plan.versions.cove");
  const columns: TableColumnsType<PlanVersion> = [
    { key: "number", title: t("plan.versions.number"), width: narrow ? 60 : 80, render: (_, version) => version.number },
    { key: "at", title: t("plan.versions.at"), width: narrow ? 100 : 120, render: (_, version) => <Time at={version.published_at} /> },
    { key: "by", title: t("plan.versions.by"), width: 120, hidden: narrow, render: (_, version) => by(version) },
    { key: "changes", title: t("plan.versions.changes"), render: (_, version) => <ChangeTags changes={version.changes} /> },
    { key: "note", title: t("plan.versions.note"), width: 220, hidden: narrow, render: (_, version) => version.note },
    { key: "events", title: t("plan.versions.events"), width: 90, hidden: narrow, align: "right", render: (_, version) => version.events },
    {
      key: "restore", title: <span className="cove-unseen">{t("plan.versions.restore")}</span>, width: 100, hidden: !mayRestore, align: "right",
      render: (_, version) => <Restore version={version} />,
    },
  ];
  return columns;
}

export default function Versions() {
  const { t } = useTranslation("tracking");
  const { data, error, refetch } = useQuery(versionsQuery);
  const narrow = useNarrow();
  const columns = useVersionColumns(narrow);
  return (
    <PageShell title={t("plan.title")}>
      <PlanTabs />
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Panel><Empty title={t("plan.versions.empty")} text={t("plan.versions.emptyText")} /></Panel>}
      {data && data.items.length > 0 && (
        <Panel flush>
          <Table<PlanVersion>
            rowKey="number" dataSource={data.items} pagination={false} size="middle" scroll={{ x: narrow ? 440 : 870 }} aria-label={t("plan.tab.versions")}
            columns={columns}
          />
        </Panel>
      )}
    </PageShell>
  );
}
