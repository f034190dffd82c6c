import type { EmailTally } from "@cove/api/types";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Figures } from "@cove/kit/report/Figures";
import { ReportPage } from "@cove/kit/report/ReportPage";
import { ReportTable } from "@cove/kit/report/ReportTable";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { emailResultsQuery } from "../api/email";

const SPANS = [7, 30, 90, 365] as const;
const COUNTS = ["asked", "sent", "hard", "soft", "failed", "opened", "clicked", "left", "complained"] as const;
const SHARES = new Set<string>(["hard", "soft", "opened", "clicked", "left", "complained"]);
const FIGURES = ["sent", "opened", "clicked", "hard", "left", "complained"] as const;

export default function EmailResultList() {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const [state, change] = useUrlState();
  const days = SPANS.find((one) => one === urlNumber(state.days)) ?? 30;
  const query = useQuery(emailResultsQuery(days));
  const spans = (
    <Select
      value={days} onChange={(value: number) => { change({ days: value.toString() }); }} aria-label={t("email.results.days", { count: days })}
      options={SPANS.map((value) => ({ value, label: t("email.results.days", { count: value }) }))}
    />
  );
  const share = (row: EmailTally, key: (typeof COUNTS)[number]) =>
    SHARES.has(key) && row.sent > 0 ? `${row[key].toString()} (${percent(row[key] / row.sent, language)})` : row[key].toString();
  return (
    <ReportPage title={t("email.results.title")} lead={t("email.results.lead")} filters={spans} query={query}>
      {({ total, hosts }) => (
        <>
          <Figures figures={FIGURES.map((key) => ({ key, label: t(`email.results.${key}`), value: total[key] }))} />
          <ReportTable<EmailTally>
            title={t("email.results.byHost")} file={`${t("email.results.title")} ${days.toString()}`} rowKey={(row) => row.name} rows={hosts}
            columns={[
              { key: "name", title: t("email.results.host"), value: (row) => row.name },
              ...COUNTS.map((key) => ({
                key, title: t(`email.results.${key}`), value: (row: EmailTally) => row[key], render: (row: EmailTally) => share(row, key),
              })),
            ]}
          />
        </>
      )}
    </ReportPage>
  );
}
