import { useMay } from "@cove/api/session";
import type { SmsMessage } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { MESSAGE_STATES, SMS, useSmsMessages } from "../api/sms";
import { yuanText } from "../parts/money";
import styles from "../parts/Sms.module.css";

function useMessageColumns(): Column<SmsMessage>[] {
  const { t } = useTranslation("channels");
  return [
    { key: "template", title: t("sms.list.template"), width: 200, render: (row) => row.template.name },
    {
      key: "contact", title: t("sms.list.contact"), width: 140,
      render: (row) => (row.contact ? <Link to={`/people/contacts/${row.contact.id.toString()}`}>{row.contact.name || row.phone}</Link> : t("sms.list.test")),
    },
    { key: "phone", title: t("sms.list.phone"), width: 130, render: (row) => row.phone },
    { key: "state", title: t("sms.list.state"), width: 150, render: (row) => t(`sms.state.${row.state}`) },
    { key: "reason", title: t("sms.list.reason"), width: 240, render: (row) => [row.reason, row.errcode].filter(Boolean).join(" · ") },
    { key: "parts", title: t("sms.list.parts"), width: 80, align: "right", render: (row) => row.parts },
    { key: "cost", title: t("sms.list.cost"), width: 90, align: "right", optional: true, render: (row) => `¥${yuanText(row.cost, 3)}` },
    { key: "ordered_at", title: t("sms.list.at"), width: 130, render: (row) => <Time at={row.ordered_at} /> },
  ];
}

function Card({ row }: { row: SmsMessage }) {
  const { t } = useTranslation("channels");
  return (
    <span className={styles.card}>
      <b>{row.template.name}</b>
      <span>{row.contact?.name ?? t("sms.list.test")} · {row.phone}</span>
      <span className={styles.quiet}>{t(`sms.state.${row.state}`)} · {row.reason && <>{row.reason} · </>}<Time at={row.ordered_at} /></span>
    </span>
  );
}

export default function SmsList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const may = useMay();
  const navigate = useNavigate();
  const setUp = may("sms.configure") && <Button onClick={() => void navigate(SMS)}>{t("sms.list.setUp")}</Button>;
  const states = MESSAGE_STATES.map((value) => ({ value, label: t(`sms.state.${value}`) }));
  return (
    <ListPage<SmsMessage>
      name="sms"
      title={t("sms.list.title")}
      list={useSmsMessages(filters)}
      columns={useMessageColumns()}
      filters={[selectFilter({ key: "state", label: t("sms.list.all"), options: states })]}
      card={(row) => <Card row={row} />}
      empty={{ title: t("sms.list.empty"), text: t("sms.list.emptyText"), action: setUp }}
    />
  );
}
