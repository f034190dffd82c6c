import { useMay } from "@cove/api/session";
import type { PlanVersion } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { useToast } from "@cove/kit/feedback/useToast";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm, Table } from "antd";
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

export default function Versions() {
  const { t } = useTranslation("tracking");
  const { data, error, refetch } = useQuery(versionsQuery);
  const mayRestore = useMay()("tracking.manage_plan");
  return (
    <PageShell title={t("plan.title")}>
      <PlanTabs />
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Panel><Empty title={t("plan.versions.empty")} text={t("plan.versions.emptyText")} /></Panel>}
      {data && data.items.length > 0 && (
        <Panel flush>
          <Table<PlanVersion>
            rowKey="number" dataSource={data.items} pagination={false} size="middle" scroll={{ x: 870 }} aria-label={t("plan.tab.versions")}
            columns={[
              { key: "number", title: t("plan.versions.number"), width: 80, render: (_, version) => version.number },
              { key: "at", title: t("plan.versions.at"), width: 120, render: (_, version) => <Time at={version.published_at} /> },
              { key: "by", title: t("plan.versions.by"), width: 120, render: (_, version) => version.published_by?.name ?? t("plan.versions.cove") },
              { key: "changes", title: t("plan.versions.changes"), render: (_, version) => <ChangeTags changes={version.changes} /> },
              { key: "note", title: t("plan.versions.note"), width: 220, render: (_, version) => version.note },
              { key: "events", title: t("plan.versions.events"), width: 90, align: "right", render: (_, version) => version.events },
              ...(mayRestore ? [{ key: "restore", width: 110, align: "right" as const, render: (_: unknown, version: PlanVersion) => <Restore version={version} /> }] : []),
            ]}
          />
        </Panel>
      )}
    </PageShell>
  );
}
