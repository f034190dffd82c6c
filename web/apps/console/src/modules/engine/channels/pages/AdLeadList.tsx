import { useMay } from "@cove/api/session";
import type { AdLead } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { adAccountsQuery, ADS, useAdLeads } from "../api/ads";
import { ReportLead } from "../parts/ReportLead";
import styles from "../parts/Sms.module.css";

function Contact({ lead }: { lead: AdLead }) {
  const { t } = useTranslation("channels");
  if (lead.contact) return <Link to={`/people/contacts/${lead.contact.id.toString()}`}>{lead.contact.name || lead.number}</Link>;
  return <span className={styles.quiet}>{lead.usable ? t("ads.list.hidden") : t("ads.list.unusable")}</span>;
}

function useLeadColumns(): Column<AdLead>[] {
  const { t } = useTranslation("channels");
  const mayReport = useMay()("ads.report");
  const { data } = useQuery(adAccountsQuery);
  const events = new Map(data?.events.map((one) => [one.key, one.label]));
  const columns: Column<AdLead>[] = [
    { key: "contact", title: t("ads.list.contact"), width: 150, render: (lead) => <Contact lead={lead} /> },
    { key: "campaign", title: t("ads.list.campaign"), width: 240, render: (lead) => lead.campaign },
    { key: "account", title: t("ads.list.account"), width: 160, render: (lead) => lead.account.name },
    { key: "number", title: t("ads.list.number"), width: 170, optional: true, render: (lead) => lead.number },
    { key: "reported", title: t("ads.list.reported"), width: 180, render: (lead) => lead.reported.map((one) => events.get(one) ?? one).join("、") },
    { key: "at", title: t("ads.list.at"), width: 130, render: (lead) => <Time at={lead.at} /> },
  ];
  if (mayReport) columns.push({ key: "report", title: "", width: 90, render: (lead) => <ReportLead lead={lead} /> });
  return columns;
}

function Card({ lead }: { lead: AdLead }) {
  return (
    <span className={styles.card}>
      <b><Contact lead={lead} /></b>
      <span>{lead.campaign}</span>
      <span className={styles.quiet}>{lead.account.name} · <Time at={lead.at} /></span>
    </span>
  );
}

export default function AdLeadList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const may = useMay();
  const navigate = useNavigate();
  const { data } = useQuery(adAccountsQuery);
  const accounts = data?.items.map((one) => ({ value: one.id.toString(), label: one.name })) ?? [];
  const setUp = may("ads.configure") && <Button onClick={() => void navigate(ADS)}>{t("ads.list.setUp")}</Button>;
  return (
    <ListPage<AdLead>
      name="ad-leads"
      title={t("ads.list.title")}
      list={useAdLeads(Number(filters.account) || undefined)}
      columns={useLeadColumns()}
      filters={[selectFilter({ key: "account", label: t("ads.list.all"), options: accounts })]}
      card={(lead) => <Card lead={lead} />}
      empty={{ title: t("ads.list.empty"), text: t("ads.list.emptyText"), action: setUp }}
    />
  );
}
