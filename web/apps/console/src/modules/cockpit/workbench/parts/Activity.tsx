import { SeriesChart } from "@cove/kit/chart/SeriesChart";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { axisDay } from "@cove/kit/region/format";
import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { overviewQuery } from "../api";

/** How often codes were scanned in the last seven days. */
export function Activity() {
  const { t } = useTranslation("workbench");
  const { data, error, refetch } = useQuery(overviewQuery);
  const drawn = useMemo(() => data && {
    categories: data.days.map((day) => axisDay(day.day)),
    series: [{ key: "scans", name: t("activity.scans"), values: data.days.map((day) => day.scans) }],
  }, [data, t]);
  if (drawn) return <SeriesChart title={t("activity.title")} kind="bar" unit={t("activity.unit")} categoryLabel={t("activity.day")} {...drawn} />;
  return (
    <Panel title={t("activity.title")}>
      {error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Skeleton active paragraph={{ rows: 6 }} />}
    </Panel>
  );
}
