import { useMay } from "@cove/api/session";
import type { SmsAccount, SmsTemplate } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { More } from "@cove/kit/list/More";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useMarkSmsTemplate, useSmsTemplates } from "../api/sms";
import { Approval } from "./Approval";
import styles from "./Sms.module.css";
import { SmsPreview } from "./SmsPreview";

const PURPOSES = ["notice", "code", "marketing"] as const;

function Purpose({ template }: { template: SmsTemplate }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const mark = useMarkSmsTemplate(template.id);
  const mayChange = useMay()("sms.configure");
  if (!mayChange) return <span className={styles.quiet}>{t(`sms.purpose.${template.purpose}`)}</span>;
  return (
    <Select
      size="small" aria-label={t("sms.purpose.title")} value={template.purpose} loading={mark.isPending} popupMatchSelectWidth={false}
      options={PURPOSES.map((value) => ({ value, label: t(`sms.purpose.${value}`) }))}
      onChange={(purpose) => { mark.mutate(purpose, { onError: toast.failed }); }}
    />
  );
}

/** The texts the providers know, with their approval; each can be seen as it goes out. */
export function SmsTemplatePanel({ accounts }: { accounts: SmsAccount[] }) {
  const { t } = useTranslation("channels");
  const [open, setOpen] = useState<SmsTemplate>();
  const list = useSmsTemplates();
  const names = new Map(accounts.map((one) => [one.provider, one.name]));
  return (
    <Panel title={t("sms.templates")} flush>
      {list.error && <ErrorNotice error={list.error} />}
      {!list.loading && list.rows.length === 0 && <p className={`${styles.row} ${styles.quiet}`}>{t("sms.templatesNone")}</p>}
      <div className={styles.rows}>
        {list.rows.map((one) => (
          <div key={one.id} className={styles.row}>
            <span className={styles.name}>{one.name}<Purpose template={one} /><Approval approval={one.approval} reason={one.reason} /><span className={styles.quiet}>{names.get(one.provider)}</span></span>
            <span className={styles.text}>{one.content}</span>
            {one.purpose === "marketing" && !one.refusable && <span className={styles.bad}>{t("sms.notRefusable")}</span>}
            <Button size="small" className={styles.act} onClick={() => { setOpen(one); }}>{t("sms.preview.open")}</Button>
          </div>
        ))}
      </div>
      <More list={list} />
      {open && <SmsPreview template={open} close={() => { setOpen(undefined); }} />}
    </Panel>
  );
}
