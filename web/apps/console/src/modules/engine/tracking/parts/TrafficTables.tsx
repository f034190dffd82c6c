import type { TrafficReport } from "@cove/api/types";
import { percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import type { Period } from "@cove/kit/report/period";
import { ReportTable } from "@cove/kit/report/ReportTable";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./TrafficTables.module.css";

const shareOf = (row: { events: number; suspicious_events: number }) => (row.events ? row.suspicious_events / row.events : 0);

/** Why traffic was suspicious, and where it came in. */
export function TrafficTables({ report, period }: { report: TrafficReport; period: Period }) {
  const { t } = useTranslation("tracking");
  const { language } = useRegion();
  const file = (name: string) => `${name} ${period.from}–${period.to}`;
  return (
    <>
      <ReportTable
        title={t("traffic.byReason")} file={file(t("traffic.byReason"))} rowKey={(row) => row.reason} rows={report.reasons}
        columns={[
          {
            key: "name", title: t("traffic.reason"), value: (row) => row.name,
            render: (row) => (
              <Tooltip title={row.explained}>
                <button type="button" className={styles.reason}>{row.name}</button>
              </Tooltip>
            ),
          },
          { key: "alone", title: t("traffic.alone"), value: (row) => t(row.decisive ? "traffic.enough" : "traffic.notEnough") },
          { key: "suspicious", title: t("traffic.suspiciousEvents"), value: (row) => row.suspicious_events },
          { key: "events", title: t("traffic.noticedEvents"), value: (row) => row.events },
          { key: "visitors", title: t("traffic.suspiciousVisitors"), value: (row) => row.suspicious_visitors },
        ]}
      />
      <ReportTable
        title={t("traffic.bySource")} file={file(t("traffic.bySource"))} rowKey={(row) => row.source_id} rows={report.sources}
        columns={[
          { key: "name", title: t("traffic.source"), value: (row) => row.name || t("traffic.sourceGone") },
          { key: "events", title: t("traffic.events"), value: (row) => row.events },
          { key: "suspicious", title: t("traffic.suspiciousEvents"), value: (row) => row.suspicious_events },
          { key: "share", title: t("traffic.share"), value: shareOf, render: (row) => percent(shareOf(row), language) },
        ]}
      />
    </>
  );
}
