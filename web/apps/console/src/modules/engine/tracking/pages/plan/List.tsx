import { DownloadOutlined, PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { PlannedEventRow } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { EventState } from "../../parts/plan/EventState";
import styles from "../../parts/plan/plan.module.css";
import { PlanBar } from "../../parts/plan/PlanBar";
import { PlanTabs } from "../../parts/plan/PlanTabs";
import { PLAN, usePlannedEvents } from "../../api/plan";

function useEventColumns(): Column<PlannedEventRow>[] {
  const { t } = useTranslation("tracking");
  const breaches = (event: PlannedEventRow) => event.breaches === 0 ? <Count value={0} /> : (
    <Link to={`${PLAN}/breaches?event=${encodeURIComponent(event.name)}`} onClick={(click) => { click.stopPropagation(); }}><Count value={event.breaches} /></Link>
  );
  return [
    { key: "name", title: t("plan.name"), width: 200, render: (event) => <code className={styles.name}>{event.name}</code> },
    { key: "note", title: t("plan.note"), width: 220, render: (event) => event.note },
    { key: "status", title: t("plan.status"), width: 180, render: (event) => <EventState event={event} /> },
    { key: "properties", title: t("plan.properties"), width: 100, align: "right", render: (event) => event.properties },
    { key: "arrived", title: t("plan.arrived"), width: 130, align: "right", render: (event) => <Count value={event.arrived} /> },
    { key: "breaches", title: t("plan.breached"), width: 140, align: "right", render: breaches },
    { key: "last", title: t("plan.lastAt"), width: 110, render: (event) => event.last_at ? <Time at={event.last_at} /> : <span className={styles.second}>{t("plan.never")}</span> },
    { key: "owner", title: t("plan.owner"), width: 120, render: (event) => event.owner?.name ?? <span className={styles.second}>{t("plan.noOwner")}</span> },
  ];
}

export default function List() {
  const { t } = useTranslation("tracking");
  const [state] = useUrlState();
  const navigate = useNavigate();
  const mayChange = useMay()("tracking.manage_plan");
  const create = mayChange && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${PLAN}/new`)}>{t("plan.create")}</Button>
  );
  const statuses = (["draft", "live", "retired"] as const).map((value) => ({ value, label: t(`plan.statuses.${value}`) }));
  return (
    <ListPage<PlannedEventRow>
      name="tracking.plan"
      title={t("plan.title")}
      list={usePlannedEvents(state)}
      columns={useEventColumns()}
      search={t("plan.search")}
      filters={[selectFilter({ key: "status", label: t("plan.status"), options: statuses })]}
      href={(id) => `${PLAN}/events/${id.toString()}`}
      notice={<><PlanTabs /><PlanBar /></>}
      actions={
        <Space wrap>
          <Button icon={<DownloadOutlined />} href="/api/tracking/plan/table">{t("plan.export")}</Button>
          {mayChange && <Button icon={<UploadOutlined />} onClick={() => void navigate(`${PLAN}/import`)}>{t("plan.import")}</Button>}
          {create}
        </Space>
      }
      empty={{ title: t("plan.empty"), text: t("plan.emptyText"), action: create }}
      card={(event) => (
        <div className={styles.card}>
          <b className={styles.name}>{event.name}</b>
          {event.note && <span>{event.note}</span>}
          <span><EventState event={event} /></span>
          <span className={styles.second}>{t("plan.arrived")} <Count value={event.arrived} /> · {t("plan.breached")} <Count value={event.breaches} /></span>
        </div>
      )}
    />
  );
}
