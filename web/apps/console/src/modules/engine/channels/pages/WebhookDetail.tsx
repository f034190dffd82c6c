import { DeleteOutlined, EditOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { Webhook } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { ShownOnce } from "@cove/kit/feedback/ShownOnce";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { useDeleteWebhook, useRenewSecret, useTestWebhook, useTurnWebhook, webhookKindsQuery, webhookQuery, WEBHOOKS } from "../api/webhooks";
import delivery from "../parts/Delivery.module.css";
import styles from "../parts/Webhook.module.css";
import { WebhookCalls } from "../parts/WebhookCalls";
import { WebhookState } from "../parts/WebhookState";

function Acts({ hook }: { hook: Webhook }) {
  const { t } = useTranslation("channels");
  const { modal } = App.useApp();
  const toast = useToast();
  const navigate = useNavigate();
  const turn = useTurnWebhook(hook.id);
  const test = useTestWebhook(hook.id);
  const remove = useDeleteWebhook(hook.id);
  const turnTo = (active: boolean) => {
    turn.mutate(active, {
      onSuccess: () => {
        if (active) toast.done(t("webhooks.turnedOn"));
        else toast.undoable(t("webhooks.turnedOff"), () => { turnTo(true); });
      },
      onError: toast.failed,
    });
  };
  const ask = () => {
    modal.confirm({
      title: t("webhooks.removeTitle", { name: hook.name }),
      content: t("webhooks.removeText"),
      okText: t("webhooks.remove"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(undefined).then(() => {
        toast.done(t("webhooks.removed"));
        void navigate(WEBHOOKS);
      }, toast.failed),
    });
  };
  return (
    <div className={styles.acts}>
      <Button
        icon={<ThunderboltOutlined />} loading={test.isPending}
        onClick={() => { test.mutate(undefined, { onSuccess: () => { toast.done(t("webhooks.tested")); }, onError: toast.failed }); }}
      >
        {t("webhooks.test")}
      </Button>
      <Button icon={<EditOutlined />} onClick={() => void navigate(`${WEBHOOKS}/${hook.id.toString()}/edit`)}>{t("webhooks.edit")}</Button>
      <Button loading={turn.isPending} onClick={() => { turnTo(!hook.active); }}>{hook.active ? t("webhooks.turnOff") : t("webhooks.turnOn")}</Button>
      <Button danger icon={<DeleteOutlined />} onClick={ask}>{t("webhooks.remove")}</Button>
    </div>
  );
}

function Secret({ hook }: { hook: Webhook }) {
  const { t } = useTranslation("channels");
  const { modal } = App.useApp();
  const toast = useToast();
  const renew = useRenewSecret(hook.id);
  const ask = () => {
    modal.confirm({ title: t("webhooks.renewTitle"), content: t("webhooks.renewText"), onOk: () => renew.mutateAsync(undefined).catch(toast.failed) });
  };
  return (
    <>
      <div className={styles.acts}><Button onClick={ask}>{t("webhooks.renew")}</Button></div>
      {renew.data && <ShownOnce title={t("webhooks.secretTitle")} text={t("webhooks.secretText")} secret={renew.data.secret} copyLabel={t("webhooks.copySecret")} />}
    </>
  );
}

function Shown({ hook }: { hook: Webhook }) {
  const { t } = useTranslation("channels");
  const mayManage = useMay()("webhooks.manage");
  const { data } = useQuery(webhookKindsQuery);
  const kinds = hook.kinds.map((key) => data?.items.find((one) => one.key === key)?.label ?? key);
  return (
    <>
      <Panel extra={<WebhookState hook={hook} />} title={hook.name}>
        {hook.off_because && <p className={delivery.text}>{t(`webhooks.offBecause.${hook.off_because}`)}</p>}
        <Facts
          rows={[
            { label: t("webhooks.url"), value: <code className={styles.url}>{hook.url}</code> },
            { label: t("webhooks.kinds"), value: kinds.join("、") },
            { label: t("webhooks.whole"), value: hook.whole ? t("webhooks.whole") : t("webhooks.masked") },
            { label: t("webhooks.oldUntil"), value: hook.old_secret_until && <Time at={hook.old_secret_until} /> },
            { label: t("webhooks.createdAt"), value: <Time at={hook.created_at} /> },
          ]}
        />
        {mayManage && <Acts hook={hook} />}
        {mayManage && <Secret hook={hook} />}
      </Panel>
      <WebhookCalls id={hook.id} />
    </>
  );
}

export default function WebhookDetail() {
  const { t } = useTranslation("channels");
  const id = Number(useParams().id);
  const { data, error, refetch } = useQuery(webhookQuery(id));
  return (
    <DetailDrawer parent={WEBHOOKS} title={data?.name ?? t("webhooks.title")} neighbours={useNeighbours(id)} size={760}>
      <div className={delivery.body}>
        {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
        {data && <Shown key={data.id} hook={data} />}
      </div>
    </DetailDrawer>
  );
}
