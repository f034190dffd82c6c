import { RedoOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { DeliveryDetail as Row } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { DELIVERIES, deliveryQuery, useSendAgain } from "../api/deliveries";
import styles from "../parts/Delivery.module.css";
import { DeliveryState } from "../parts/DeliveryState";

function Again({ row }: { row: Row }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const again = useSendAgain();
  const send = () => { again.mutate(row.id, { onSuccess: () => { toast.done(t("deliveries.sentAgain")); }, onError: toast.failed }); };
  return <Button type="primary" icon={<RedoOutlined />} loading={again.isPending} onClick={send}>{t("deliveries.again")}</Button>;
}

function Outcome({ row }: { row: Row }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const at = (moment: string | null | undefined) => (moment ? <Time at={moment} /> : "");
  const cost = ({ credits, tariff_label, tariff_unit }: Row) => (credits > 0 ? t("deliveries.paid", { credits: exactNumber(credits, language), unit: tariff_unit, tariff: tariff_label }) : "");
  const failed = row.state !== "sent" && row.finished_at && row.why_not_again;
  return (
    <Panel title={t("deliveries.outcome")} extra={<DeliveryState row={row} />}>
      <Facts
        rows={[
          { label: t("deliveries.reason"), value: row.reason_label },
          { label: t("deliveries.errcode"), value: row.errcode },
          { label: t("deliveries.contact"), value: row.contact && <Link to={`/people/contacts/${row.contact.id.toString()}`}>{row.contact.name}</Link> },
          { label: t("deliveries.channel"), value: row.channel_label },
          { label: t("deliveries.purpose"), value: row.purpose_label },
          { label: t("deliveries.attempts"), value: row.attempts },
          { label: t("deliveries.createdAt"), value: at(row.created_at) },
          { label: t("deliveries.dueAt"), value: at(row.due_at) },
          { label: t("deliveries.notAfter"), value: at(row.not_after) },
          { label: t("deliveries.finishedAt"), value: at(row.finished_at) },
          { label: t("deliveries.heard"), value: row.heard_label && <>{row.heard_label} · {at(row.heard_at)}</> },
          { label: t("deliveries.cost"), value: cost(row) },
        ]}
      />
      {failed && <p className={styles.text}>{t("deliveries.notAgain", { why: row.why_not_again })}</p>}
    </Panel>
  );
}

function Causes({ row }: { row: Row }) {
  const { t } = useTranslation("channels");
  return (
    <Panel title={t("deliveries.why")}>
      {row.causes.length === 0 && <p className={styles.text}>{t("deliveries.byHand")}</p>}
      {row.causes.length > 0 && (
        <ol className={styles.steps}>
          {row.causes.map((step, place) => (
            <li key={`${place.toString()}:${step.fact}`}>
              {step.fact}
              {step.rule && <div className={styles.text}>{t("deliveries.sees", { rule: step.rule })}</div>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

export default function DeliveryDetail() {
  const { t } = useTranslation("channels");
  const may = useMay();
  const id = Number(useParams().id);
  const { data, error, refetch } = useQuery(deliveryQuery(id));
  return (
    <DetailDrawer
      parent={DELIVERIES} title={data?.label ?? t("deliveries.title")} neighbours={useNeighbours(id)} size={680}
      actions={data?.again && may("delivery.send_again") && <Again row={data} />}
    >
      <div className={styles.body}>
        {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
        {data && <><Outcome row={data} /><Causes row={data} /></>}
      </div>
    </DetailDrawer>
  );
}
