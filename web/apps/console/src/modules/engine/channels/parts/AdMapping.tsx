import { useMay } from "@cove/api/session";
import type { AdAccount, AdAccounts, AdMappingChange } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { adPreviewQuery, useMapAdFields } from "../api/ads";
import styles from "./Sms.module.css";
import forms from "./WecomForm.module.css";

interface AdMappingProps {
  account: AdAccount;
  choices: AdAccounts;
}

type Mapping = AdMappingChange["mapping"];

function Preview({ account, choices, mapping }: AdMappingProps & { mapping: Mapping }) {
  const { t } = useTranslation("channels");
  const { data, error } = useQuery(adPreviewQuery(account.id, { mapping }));
  if (error) return <ErrorNotice error={error} />;
  if (!data) return null;
  if (!data.number) return <p className={styles.quiet}>{t("ads.mapping.noLead")}</p>;
  const made: Record<string, string | undefined> = data.contact;
  const rows = choices.targets.map((one) => ({ label: one.label, value: made[one.key] }));
  return (
    <div aria-live="polite">
      <p className={styles.quiet}>{t("ads.mapping.preview")}</p>
      <Facts rows={rows} />
      {!made.phone && !made.email && <p className={styles.bad}>{t("ads.mapping.nobody")}</p>}
    </div>
  );
}

/** Which field of a lead becomes which of the contact's, tried on the last lead; and what is reported back. */
export function AdMapping({ account, choices }: AdMappingProps) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const mayChange = useMay()("ads.configure");
  const save = useMapAdFields(account.id);
  const [mapping, setMapping] = useState<Record<string, string>>(account.mapping as Record<string, string>);
  const [codes, setCodes] = useState<Record<string, string>>(account.codes as Record<string, string>);
  const { data } = useQuery(adPreviewQuery(account.id, { mapping: mapping as Mapping }));
  const options = data?.fields.map((one) => ({ value: one.path, label: `${one.path} · ${one.example}` }));
  const submit = () => {
    save.mutate({ mapping: mapping as Mapping, codes: codes as AdMappingChange["codes"] }, { onSuccess: () => { toast.done(t("ads.saved")); } });
  };
  return (
    <Form layout="vertical" disabled={!mayChange} onFinish={submit}>
      {save.error && <ErrorNotice error={save.error} />}
      <p className={`${styles.quiet} ${styles.lead}`}>{t("ads.mapping.text")}</p>
      <div className={forms.fields}>
        {choices.targets.map((one) => (
          <Form.Item key={one.key} label={one.label} htmlFor={`ad-${account.id.toString()}-${one.key}`}>
            <AutoComplete
              id={`ad-${account.id.toString()}-${one.key}`} value={mapping[one.key] ?? ""} options={options} placeholder={t("ads.mapping.pick")} allowClear
              onChange={(path: string | undefined) => { setMapping({ ...mapping, [one.key]: path ?? "" }); }}
            />
          </Form.Item>
        ))}
      </div>
      <Preview account={account} choices={choices} mapping={mapping as Mapping} />
      <h3 className={styles.part}>{t("ads.codes.title")}</h3>
      <p className={styles.quiet}>{t("ads.codes.text")}</p>
      <div className={forms.fields}>
        {choices.events.map((one) => (
          <Form.Item key={one.key} label={one.label} htmlFor={`code-${account.id.toString()}-${one.key}`}>
            <Input id={`code-${account.id.toString()}-${one.key}`} maxLength={60} value={codes[one.key] ?? ""} onChange={(event) => { setCodes({ ...codes, [one.key]: event.target.value }); }} />
          </Form.Item>
        ))}
      </div>
      {mayChange && <Button type="primary" htmlType="submit" loading={save.isPending}>{t("ads.save")}</Button>}
    </Form>
  );
}
