import type { TrafficReport } from "@cove/api/types";
import { SeriesChart } from "@cove/kit/chart/SeriesChart";
import { axisDay } from "@cove/kit/region/format";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** All events and the suspicious ones among them, by day. */
export function TrafficChart({ report }: { report: TrafficReport }) {
  const { t } = useTranslation("tracking");
  const data = useMemo(() => ({
    categories: report.days.map((day) => axisDay(day.day)),
    series: [
      { key: "events", name: t("traffic.events"), values: report.days.map((day) => day.events) },
      { key: "suspicious", name: t("traffic.suspiciousEvents"), values: report.days.map((day) => day.suspicious_events) },
    ],
  }), [report, t]);
  return <SeriesChart title={t("traffic.byDay")} kind="line" unit={t("traffic.unit")} categoryLabel={t("traffic.day")} {...data} />;
}
