import { RedoOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { WebhookCall } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useSendCallAgain, useSendDeadAgain, useWebhookCalls } from "../api/webhooks";
import delivery from "./Delivery.module.css";
import styles from "./Webhook.module.css";

const STATES = ["every", "delivered", "pending", "dead"] as const;
const TONES = { delivered: delivery.good, pending: delivery.calm, dead: delivery.bad };

function Line({ call, mayManage }: { call: WebhookCall; mayManage: boolean }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const toast = useToast();
  const again = useSendCallAgain();
  const facts = [
    call.attempts > 0 ? t("webhooks.attempts", { count: call.attempts }) : "",
    call.status ? `HTTP ${call.status.toString()}` : "",
    call.trouble_label,
    call.milliseconds === null ? "" : t("webhooks.milliseconds", { number: exactNumber(call.milliseconds, language) }),
  ];
  const send = () => { again.mutate(call.id, { onSuccess: () => { toast.done(t("webhooks.sentAgain", { count: 1 })); }, onError: toast.failed }); };
  return (
    <li className={styles.call}>
      <div className={styles.words}>
        <div className={styles.head}><b>{call.label}</b><span className={TONES[call.state]}>{call.state_label}</span><Time at={call.tried_at ?? call.created_at} /></div>
        <div className={delivery.text}>{[...facts.filter(Boolean), call.event_id].join(" · ")}</div>
        {call.said && <details><summary className={delivery.text}>{t("webhooks.answered")}</summary><pre className={styles.said}>{call.said}</pre></details>}
      </div>
      {mayManage && call.state !== "pending" && (
        <Button size="small" icon={<RedoOutlined />} loading={again.isPending} onClick={send}>{t("webhooks.again")}</Button>
      )}
    </li>
  );
}

/** What a webhook was told, and what it answered. */
export function WebhookCalls({ id }: { id: number }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const mayManage = useMay()("webhooks.manage");
  const [state, setState] = useState<(typeof STATES)[number]>("every");
  const list = useWebhookCalls(id, state === "every" ? undefined : state);
  const again = useSendDeadAgain(id);
  const sendAll = () => {
    again.mutate(undefined, { onSuccess: ({ count }) => { toast.done(t("webhooks.sentAgain", { count })); }, onError: toast.failed });
  };
  return (
    <Panel title={t("webhooks.calls")} extra={mayManage && <Button size="small" loading={again.isPending} onClick={sendAll}>{t("webhooks.againAll")}</Button>}>
      <Segmented value={state} onChange={setState} options={STATES.map((value) => ({ value, label: t(`webhooks.${value}`) }))} />
      {list.error ? <ErrorNotice error={list.error} retry={list.retry} /> : list.loading && <Waiting />}
      {!list.loading && !list.error && list.rows.length === 0 && <Empty title={t("webhooks.noCalls")} text={t("webhooks.noCallsText")} />}
      <ul className={styles.calls}>{list.rows.map((call) => <Line key={call.id} call={call} mayManage={mayManage} />)}</ul>
      <More list={list} />
    </Panel>
  );
}
