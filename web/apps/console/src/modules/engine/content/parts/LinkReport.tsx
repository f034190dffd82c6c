import { useMay } from "@cove/api/session";
import type { Link, LinkReport as Report } from "@cove/api/types";
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

import { linkReportQuery } from "../api";
import { LinkRecipients } from "./LinkRecipients";

const FIGURES = ["clicks", "visitors", "recipients", "suspicious"] as const;
const DAILY = ["clicks", "visitors"] as const;

function DailyChart({ report }: { report: Report }) {
  const { t } = useTranslation("content");
  const data = useMemo(() => ({
    categories: report.days.map((day) => axisDay(day.day)),
    series: DAILY.map((key) => ({ key, name: t(`figure.${key}`), values: report.days.map((day) => day[key]) })),
  }), [report, t]);
  return <SeriesChart title={t("report.byDay")} kind="line" unit={t("report.unit")} categoryLabel={t("report.day")} {...data} />;
}

/** Clicks of one link, by day and by whom it was sent to. */
export function LinkReport({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const { timezone } = useRegion();
  const may = useMay();
  const [state, change] = useUrlState();
  const { chosen, period } = periodOf(state, timezone, "7d");
  const query = useQuery(linkReportQuery(link.id, period));
  return (
    <ReportBody query={query} filters={<PeriodPicker chosen={chosen} period={period} change={change} />}>
      {(report) => (
        <>
          <Figures
            figures={FIGURES.map((key) => {
              const metric = report.metrics.find((one) => one.key === key);
              return {
                key, label: metric?.label ?? t(`figure.${key}`), definition: metric?.definition,
                value: report.totals[key], previous: report.previous[key], lessIsBetter: key === "suspicious",
              };
            })}
          />
          <DailyChart report={report} />
          {may("people.see_contacts") && <LinkRecipients link={link} />}
          <ReportTable
            title={t("report.byDay")} file={`${link.name} ${period.from}–${period.to}`} rowKey={(row) => row.day} rows={report.days.toReversed()}
            columns={[
              { key: "day", title: t("report.day"), value: (row) => row.day },
              { key: "clicks", title: t("figure.clicks"), value: (row) => row.clicks },
              { key: "visitors", title: t("figure.visitors"), value: (row) => row.visitors },
              { key: "suspicious", title: t("figure.suspicious"), value: (row) => row.suspicious },
            ]}
          />
        </>
      )}
    </ReportBody>
  );
}
