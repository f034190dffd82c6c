import { useMay } from "@cove/api/session";
import type { SmsDraft, SmsTemplate } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { smsPreviewQuery, smsSignaturesQuery, useTestSms } from "../api/sms";
import { CreditsLeft } from "./CreditsLeft";
import { yuanText } from "./money";
import styles from "./Sms.module.css";

function Result({ draft }: { draft: SmsDraft }) {
  const { t } = useTranslation("channels");
  const { data, error } = useQuery(smsPreviewQuery(draft));
  if (error) return <ErrorNotice error={error} />;
  return data && (
    <div aria-live="polite">
      <p className={styles.bubble}>{data.text}</p>
      <p className={data.length > data.longest ? styles.bad : styles.quiet}>
        {t("sms.preview.counted", { length: data.length, parts: data.parts, cost: yuanText(data.cost, 3) })}
      </p>
      <CreditsLeft tariff="sms" needed={data.parts} />
      {data.missing.length > 0 && <p className={styles.bad}>{t("sms.preview.missing", { names: data.missing.join("、") })}</p>}
    </div>
  );
}

function Test({ draft }: { draft: SmsDraft }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const send = useTestSms();
  const submit = ({ phone }: { phone: string }) => {
    send.mutate({ ...draft, phone }, { onSuccess: () => { toast.done(t("sms.preview.sent")); }, onError: toast.failed });
  };
  return (
    <Form<{ phone: string }> layout="vertical" className={styles.entry} onFinish={submit}>
      <Form.Item name="phone" label={t("sms.preview.phone")} rules={[{ required: true, min: 5, message: t("needed") }]}><Input inputMode="tel" maxLength={20} /></Form.Item>
      <Form.Item label=" " colon={false}><Button htmlType="submit" loading={send.isPending}>{t("sms.preview.send")}</Button></Form.Item>
    </Form>
  );
}

interface SmsPreviewProps {
  template: SmsTemplate;
  close: () => void;
}

/** A template as it goes out, with its length and cost, before anybody gets it. */
export function SmsPreview({ template, close }: SmsPreviewProps) {
  const { t } = useTranslation("channels");
  const may = useMay();
  const { data } = useQuery(smsSignaturesQuery);
  const usable = (data?.items ?? []).filter((one) => one.provider === template.provider && one.approval === "approved");
  const [chosen, choose] = useState<number>();
  const [values, setValues] = useState<Record<string, string>>({});
  const signature = chosen ?? usable[0]?.id;
  const draft = signature === undefined ? undefined : { sms_template_id: template.id, sms_signature_id: signature, values };
  return (
    <Drawer open size="min(520px, 100vw)" title={template.name} onClose={close}>
      {!draft && <p className={styles.bad}>{t("sms.preview.noSignature")}</p>}
      {draft && (
        <>
          <Form layout="vertical">
            <Form.Item label={t("sms.preview.signature")}>
              <Select aria-label={t("sms.preview.signature")} value={signature} onChange={choose} options={usable.map((one) => ({ value: one.id, label: one.name }))} />
            </Form.Item>
            {template.variables.length === 0 && <p className={styles.quiet}>{t("sms.preview.none")}</p>}
            {template.variables.map((name) => (
              <Form.Item key={name} label={`${t("sms.preview.variables")} ${name}`} htmlFor={`sms-${name}`}>
                <Input id={`sms-${name}`} maxLength={200} value={values[name] ?? ""} onChange={(event) => { setValues({ ...values, [name]: event.target.value }); }} />
              </Form.Item>
            ))}
          </Form>
          <Result draft={draft} />
          {may("sms.configure") && template.approval === "approved" && <Test draft={draft} />}
        </>
      )}
    </Drawer>
  );
}
