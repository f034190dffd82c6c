import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { smsAccountsQuery } from "../api/sms";
import { SmsAccountPanel } from "../parts/SmsAccountPanel";
import { SmsSignaturePanel } from "../parts/SmsSignaturePanel";
import { SmsTemplatePanel } from "../parts/SmsTemplatePanel";
import styles from "./Edit.module.css";

export default function SmsEdit() {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(smsAccountsQuery);
  const ready = data?.items.filter((one) => one.configured) ?? [];
  return (
    <PageShell title={t("sms.title")} lead={t("sms.lead")} width="narrow">
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (
        <div className={styles.page}>
          {data.items.map((account) => <SmsAccountPanel key={account.provider} account={account} />)}
          {ready.length > 0 && <SmsSignaturePanel accounts={ready} />}
          {ready.length > 0 && <SmsTemplatePanel accounts={ready} />}
        </div>
      )}
    </PageShell>
  );
}
