import type { CodeReport as Report, LiveCode } from "@cove/api/types";
import { SeriesChart } from "@cove/kit/chart/SeriesChart";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { axisDay } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Figures } from "@cove/kit/report/Figures";
import { periodOf } from "@cove/kit/report/period";
import { PeriodPicker } from "@cove/kit/report/PeriodPicker";
import { ReportBody } from "@cove/kit/report/ReportPage";
import { ReportTable } from "@cove/kit/report/ReportTable";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { codeReportQuery } from "../api";

const FIGURES = ["scans", "visitors", "adds", "losses", "net"] as const;
const DAILY = ["scans", "adds", "losses"] as const;

function DailyChart({ report }: { report: Report }) {
  const { t } = useTranslation("live_codes");
  const data = useMemo(() => ({
    categories: report.days.map((day) => axisDay(day.day)),
    series: DAILY.map((key) => ({ key, name: t(`figure.${key}`), values: report.days.map((day) => day[key]) })),
  }), [report, t]);
  return <SeriesChart title={t("report.byDay")} kind="line" unit={t("report.unit")} categoryLabel={t("report.day")} {...data} />;
}

/** Scans, adds and losses of one code, by day and by member. */
export function CodeReport({ code }: { code: LiveCode }) {
  const { t } = useTranslation("live_codes");
  const { timezone } = useRegion();
  const [state, change] = useUrlState();
  const { chosen, period } = periodOf(state, timezone, "7d");
  const query = useQuery(codeReportQuery(code.id, period));
  const file = `${code.name} ${period.from}–${period.to}`;
  return (
    <ReportBody query={query} filters={<PeriodPicker chosen={chosen} period={period} change={change} />}>
      {(report) => (
        <>
          <Figures
            figures={FIGURES.map((key) => ({
              key,
              label: report.metrics.find((metric) => metric.key === key)?.label ?? t(`figure.${key}`),
              value: report.totals[key],
              previous: report.previous[key],
              definition: report.metrics.find((metric) => metric.key === key)?.definition,
              lessIsBetter: key === "losses",
            }))}
          />
          <DailyChart report={report} />
          <ReportTable
            title={t("report.byMember")} file={`${file} ${t("report.byMember")}`} rowKey={(row) => row.member.id} rows={report.members}
            columns={[
              { key: "member", title: t("report.member"), value: (row) => row.member.name },
              { key: "shown", title: t("report.shown"), value: (row) => row.shown },
              { key: "adds", title: t("figure.adds"), value: (row) => row.adds },
              { key: "losses", title: t("figure.losses"), value: (row) => row.losses },
            ]}
          />
          <ReportTable
            title={t("report.byDay")} file={`${file} ${t("report.byDay")}`} rowKey={(row) => row.day} rows={report.days.toReversed()}
            columns={[
              { key: "day", title: t("report.day"), value: (row) => row.day },
              { key: "scans", title: t("figure.scans"), value: (row) => row.scans },
              { key: "visitors", title: t("figure.visitors"), value: (row) => row.visitors },
              { key: "adds", title: t("figure.adds"), value: (row) => row.adds },
              { key: "losses", title: t("figure.losses"), value: (row) => row.losses },
            ]}
          />
        </>
      )}
    </ReportBody>
  );
}
