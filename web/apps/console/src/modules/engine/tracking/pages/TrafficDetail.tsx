import { SafetyCertificateOutlined } from "@ant-design/icons";
import type { TrafficReport } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Figures, type Figure } from "@cove/kit/report/Figures";
import { periodBefore, periodOf } from "@cove/kit/report/period";
import { PeriodPicker } from "@cove/kit/report/PeriodPicker";
import { ReportPage } from "@cove/kit/report/ReportPage";
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router";

import { sourcesQuery } from "../api/sources";
import { TRAFFIC, trafficQuery } from "../api/traffic";
import { TrafficChart } from "../parts/TrafficChart";
import { TrafficSamples } from "../parts/TrafficSamples";
import { TrafficTables } from "../parts/TrafficTables";

function useFigures() {
  const { t } = useTranslation("tracking");
  const { language } = useRegion();
  return (report: TrafficReport, before: TrafficReport | undefined): Figure[] => [
    { key: "events", label: t("traffic.events"), value: report.events, previous: before?.events, definition: t("traffic.eventsHint") },
    {
      key: "suspicious", label: t("traffic.suspiciousEvents"), value: report.suspicious_events, previous: before?.suspicious_events,
      definition: t("traffic.suspiciousHint"), lessIsBetter: true,
    },
    {
      key: "share", label: t("traffic.share"), value: percent(report.events ? report.suspicious_events / report.events : 0, language),
      definition: t("traffic.shareHint"),
    },
    {
      key: "visitors", label: t("traffic.suspiciousVisitors"), value: report.suspicious_visitors, previous: before?.suspicious_visitors,
      definition: t("traffic.visitorsHint"), lessIsBetter: true,
    },
  ];
}

export default function Traffic() {
  const { t } = useTranslation("tracking");
  const { timezone } = useRegion();
  const [state, change] = useUrlState();
  const navigate = useNavigate();
  const { search } = useLocation();
  const sources = useQuery(sourcesQuery);
  const { chosen, period } = periodOf(state, timezone, "7d");
  const source = Number(state.source ?? 0) || 0;
  const query = useQuery(trafficQuery({ period, source }));
  const before = useQuery(trafficQuery({ period: periodBefore(period), source }));
  const figures = useFigures();
  return (
    <>
      <ReportPage
        title={t("traffic.title")}
        lead={t("traffic.lead")}
        query={query}
        actions={<Button icon={<SafetyCertificateOutlined />} onClick={() => void navigate(`${TRAFFIC}/marks${search}`)}>{t("traffic.marks")}</Button>}
        filters={
          <>
            <PeriodPicker chosen={chosen} period={period} change={change} />
            <Select
              allowClear aria-label={t("traffic.source")} placeholder={t("traffic.anySource")} popupMatchSelectWidth={false} style={{ minWidth: 128 }}
              value={source || undefined} onChange={(id: number | undefined) => { change({ source: id?.toString() }); }}
              options={sources.data?.items.map((one) => ({ value: one.id, label: one.name }))}
            />
          </>
        }
      >
        {(report) => report.events === 0 ? <Empty title={t("traffic.nothing")} text={t("traffic.nothingText")} /> : (
          <>
            <Figures figures={figures(report, before.data)} />
            <TrafficChart report={report} />
            <TrafficTables report={report} period={period} />
            <TrafficSamples
              period={period} source={source} reasons={report.reasons} reason={state.reason ?? ""}
              choose={(reason) => { change({ reason }); }}
            />
          </>
        )}
      </ReportPage>
      <Outlet />
    </>
  );
}
