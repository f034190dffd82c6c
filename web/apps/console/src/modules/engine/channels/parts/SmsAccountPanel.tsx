import { useMay } from "@cove/api/session";
import type { SmsAccount, SmsAccountChange } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { LeaveGuard } from "@cove/kit/form/LeaveGuard";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Alert, Button, Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";

import { useChangeSmsAccount, useSyncSms } from "../api/sms";
import { amountOf, yuan, yuanText } from "./money";
import { PushAddress } from "./PushAddress";
import { SecretField } from "./SecretField";
import styles from "./Sms.module.css";
import forms from "./WecomForm.module.css";

type Values = Omit<SmsAccountChange, "price"> & { price: number };

function Figures({ account }: { account: SmsAccount }) {
  const { t } = useTranslation("channels");
  const { figures } = account;
  const counted = ["messages", "arrived", "failed", "parts"] as const;
  return (
    <div className={styles.figures}>
      <span>{t("sms.figures.title")}</span>
      {counted.map((key) => <span key={key}>{t(`sms.figures.${key}`)} <b><Count value={figures[key]} /></b></span>)}
      <span>{t("sms.figures.cost")} <b>¥{yuanText(figures.cost)}</b></span>
    </div>
  );
}

function Sync({ account }: { account: SmsAccount }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const sync = useSyncSms(account.provider);
  return (
    <Button size="small" loading={sync.isPending} onClick={() => { sync.mutate(undefined, { onError: toast.failed }); }}>{t("sms.sync")}</Button>
  );
}

function Addresses({ account }: { account: SmsAccount }) {
  const { t } = useTranslation("channels");
  const both = [["sms.receipts", account.receipts_url], ["sms.replies", account.replies_url]] as const;
  return (
    <div className={styles.below}>
      <p className={styles.quiet}>{t("sms.pushHelp")}</p>
      {both.map(([key, url]) => <PushAddress key={key} label={t(key)} url={url} copy={t("sms.copy", { what: t(key) })} />)}
    </div>
  );
}

/** One provider: how it is reached, what it did, where it pushes to. */
export function SmsAccountPanel({ account }: { account: SmsAccount }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const mayChange = useMay()("sms.configure");
  const change = useChangeSmsAccount(account.provider);
  const kept = useKeptForm<Values>({
    name: `sms.${account.provider}`,
    secrets: ["secret"],
    initial: { key_id: account.key_id, app_id: account.app_id, base_url: account.base_url, price: yuan(account.price) },
    submit: ({ price, secret, ...rest }) => change.mutateAsync({ ...rest, price: amountOf(price), ...(secret ? { secret } : {}) }),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    kept.form.resetFields(["secret"]);
    toast.done(t("saved"));
  };
  const needed = [{ required: true, message: t("needed") }];
  const state = account.configured ? <span className={styles.good}>{t("sms.on")}</span> : <span className={styles.quiet}>{t("sms.off")}</span>;
  return (
    <Panel title={<span className={styles.bar}>{account.name}{state}</span>} extra={account.configured && mayChange && <Sync account={account} />}>
      {account.problem && <Alert type="warning" showIcon title={account.problem} className={forms.alert} />}
      {account.configured && <Figures account={account} />}
      <Form<Values>
        form={kept.form} layout="vertical" requiredMark={false} disabled={!mayChange}
        initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
      >
        <FormNotices kept={kept} />
        <div className={forms.fields}>
          <Form.Item name="key_id" label={t("sms.form.keyId")} rules={needed} extra={t("sms.form.keyIdHelp")}><Input autoComplete="off" spellCheck={false} maxLength={300} /></Form.Item>
          <Form.Item name="secret" label={t("sms.form.secret")} rules={account.secret_set ? [] : needed} extra={t("sms.form.secretHelp")}><SecretField isSet={account.secret_set} /></Form.Item>
          {account.provider === "tencent" && (
            <Form.Item name="app_id" label={t("sms.form.appId")} rules={needed} extra={t("sms.form.appIdHelp")}><Input autoComplete="off" inputMode="numeric" maxLength={30} /></Form.Item>
          )}
          <Form.Item name="price" label={t("sms.form.price")} rules={needed} extra={t("sms.form.priceHelp")}><InputNumber min={0} max={10} step={0.001} precision={4} /></Form.Item>
          <Form.Item name="base_url" label={t("sms.form.baseUrl")} extra={t("sms.form.baseUrlHelp")}><Input autoComplete="off" inputMode="url" maxLength={300} /></Form.Item>
        </div>
        {mayChange && (
          <div className={styles.bar}>
            <Button type="primary" htmlType="submit" loading={kept.busy}>{t("save")}</Button>
            {account.configured && <span className={styles.quiet}>{t("sms.synced")} {account.synced_at ? <Time at={account.synced_at} /> : t("sms.never")}</span>}
          </div>
        )}
      </Form>
      {account.configured && <Addresses account={account} />}
      <LeaveGuard active={kept.dirty && !kept.busy} drop={kept.drop} />
    </Panel>
  );
}
