import type { UsageReport } from "@cove/api/types";
import { SeriesChart } from "@cove/kit/chart/SeriesChart";
import { axisDay } from "@cove/kit/region/format";
import { ReportTable } from "@cove/kit/report/ReportTable";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Active people and, of more than one account, active accounts, by day. */
export function UsageChart({ usage, single = false }: { usage: UsageReport; single?: boolean }) {
  const { t } = useTranslation("tracking");
  const data = useMemo(() => ({
    categories: usage.days.map((day) => axisDay(day.day)),
    series: (single ? (["users"] as const) : (["users", "accounts"] as const))
      .map((key) => ({ key, name: t(`usage.${key}`), values: usage.days.map((day) => day[key]) })),
  }), [usage, single, t]);
  return <SeriesChart title={t("usage.byDay")} kind="line" unit={t("usage.unit")} categoryLabel={t("traffic.day")} {...data} />;
}

/** What is used most. */
export function UsageFeatures({ usage, file, single = false }: { usage: UsageReport; file: string; single?: boolean }) {
  const { t } = useTranslation("tracking");
  const accounts = { key: "accounts", title: t("usage.accounts"), value: (row: UsageReport["features"][number]) => row.accounts };
  return (
    <ReportTable
      title={t("usage.features")} file={`${file} ${t("usage.features")}`} rowKey={(row) => row.event} rows={usage.features}
      columns={[
        { key: "event", title: t("usage.feature"), value: (row) => row.event },
        ...(single ? [] : [accounts]),
        { key: "users", title: t("usage.users"), value: (row) => row.users },
        { key: "events", title: t("usage.events"), value: (row) => row.events },
      ]}
    />
  );
}
