import type { PlanVersion } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";

import { ChangeTags } from "../../parts/plan/ChangeTags";
import { PlanTabs } from "../../parts/plan/PlanTabs";
import { versionsQuery } from "../../api/plan";

export default function Versions() {
  const { t } = useTranslation("tracking");
  const { data, error, refetch } = useQuery(versionsQuery);
  return (
    <PageShell title={t("plan.title")}>
      <PlanTabs />
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Panel><Empty title={t("plan.versions.empty")} text={t("plan.versions.emptyText")} /></Panel>}
      {data && data.items.length > 0 && (
        <Panel flush>
          <Table<PlanVersion>
            rowKey="number" dataSource={data.items} pagination={false} size="middle" scroll={{ x: 760 }} aria-label={t("plan.tab.versions")}
            columns={[
              { key: "number", title: t("plan.versions.number"), width: 80, render: (_, version) => version.number },
              { key: "at", title: t("plan.versions.at"), width: 120, render: (_, version) => <Time at={version.published_at} /> },
              { key: "by", title: t("plan.versions.by"), width: 120, render: (_, version) => version.published_by?.name ?? t("plan.versions.cove") },
              { key: "changes", title: t("plan.versions.changes"), render: (_, version) => <ChangeTags changes={version.changes} /> },
              { key: "note", title: t("plan.versions.note"), width: 220, render: (_, version) => version.note },
              { key: "events", title: t("plan.versions.events"), width: 90, align: "right", render: (_, version) => version.events },
            ]}
          />
        </Panel>
      )}
    </PageShell>
  );
}
