import { useMay } from "@cove/api/session";
import type { NewSmsSignature, SmsAccount } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { smsSignaturesQuery, useAddSmsSignature } from "../api/sms";
import { Approval } from "./Approval";
import styles from "./Sms.module.css";

function Entry({ accounts }: { accounts: SmsAccount[] }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const [form] = Form.useForm<NewSmsSignature>();
  const add = useAddSmsSignature();
  const submit = (values: NewSmsSignature) => {
    add.mutate(values, { onSuccess: () => { form.resetFields(["name", "code"]); toast.done(t("saved")); }, onError: toast.failed });
  };
  const options = accounts.map((one) => ({ value: one.provider, label: one.name }));
  return (
    <Form<NewSmsSignature> form={form} layout="vertical" requiredMark={false} className={styles.entry} initialValues={{ provider: accounts.at(-1)?.provider }} onFinish={submit}>
      <Form.Item name="provider" label={t("sms.provider")} rules={[{ required: true }]}><Select options={options} /></Form.Item>
      <Form.Item name="name" label={t("sms.signatureName")} rules={[{ required: true, whitespace: true, message: t("needed") }]}><Input maxLength={30} /></Form.Item>
      <Form.Item name="code" label={t("sms.signatureCode")}><Input maxLength={18} inputMode="numeric" /></Form.Item>
      <Form.Item label=" " colon={false}><Button htmlType="submit" loading={add.isPending}>{t("sms.addSignature")}</Button></Form.Item>
    </Form>
  );
}

/** The names in brackets before each message, with their approval. */
export function SmsSignaturePanel({ accounts }: { accounts: SmsAccount[] }) {
  const { t } = useTranslation("channels");
  const mayChange = useMay()("sms.configure");
  const { data, error, refetch } = useQuery(smsSignaturesQuery);
  const names = new Map(accounts.map((one) => [one.provider, one.name]));
  return (
    <Panel title={t("sms.signatures")}>
      {error && <ErrorNotice error={error} retry={() => void refetch()} />}
      {data?.items.length === 0 && <p className={styles.quiet}>{t("sms.signaturesNone")}</p>}
      {data?.items.map((one) => (
        <p key={one.id} className={styles.name}>【{one.name}】<Approval approval={one.approval} reason={one.reason} /><span className={styles.quiet}>{names.get(one.provider)}</span></p>
      ))}
      {mayChange && accounts.length > 0 && <Entry accounts={accounts} />}
    </Panel>
  );
}
