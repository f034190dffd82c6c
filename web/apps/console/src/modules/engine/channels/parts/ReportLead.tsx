import type { AdEvent, AdLead } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

import { adAccountsQuery, useReportAdLead } from "../api/ads";

/** Tell the platform what became of a lead. */
export function ReportLead({ lead }: { lead: AdLead }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const { data } = useQuery(adAccountsQuery);
  const report = useReportAdLead();
  const items = data?.events.filter((one) => !lead.reported.some((told) => told === one.key)).map((one) => ({ key: one.key, label: one.label }));
  const choose = (event: AdEvent) => {
    report.mutate({ id: lead.id, event }, {
      onSuccess: ({ ordered }) => { toast.done(ordered ? t("ads.list.ordered") : t("ads.list.notOrdered")); },
      onError: toast.failed,
    });
  };
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => { choose(key as AdEvent); } }}>
      <Button size="small" loading={report.isPending}>{t("ads.list.report")}</Button>
    </Dropdown>
  );
}
