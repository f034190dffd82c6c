import { SeriesChart } from "@cove/kit/chart/SeriesChart";
import { Panel } from "@cove/kit/page/Panel";
import { axisDay } from "@cove/kit/region/format";
import { Empty } from "@cove/kit/feedback/Empty";
import { Skeleton } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { CodeActivity } from "../../../business/live_codes/embed/useCodeActivity";

const KEYS = ["scans", "adds", "losses"] as const;

export function Activity({ activity }: { activity: CodeActivity | undefined }) {
  const { t } = useTranslation("workbench");
  const data = useMemo(() => activity && {
    categories: activity.days.map((day) => axisDay(day.day)),
    series: KEYS.map((key) => ({ key, name: t(`activity.${key}`), values: activity.days.map((day) => day[key]) })),
  }, [activity, t]);
  if (!data) return <Panel title={t("activity.title")}><Skeleton active paragraph={{ rows: 6 }} /></Panel>;
  if (data.categories.length === 0) return <Panel title={t("activity.title")}><Empty title={t("activity.empty")} text={t("activity.emptyText")} /></Panel>;
  return <SeriesChart title={t("activity.title")} kind="line" unit={t("activity.unit")} categoryLabel={t("activity.day")} {...data} />;
}
