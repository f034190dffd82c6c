import type { EmailTemplateDraft } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { domainsQuery, useSendTest } from "../api/email";
import { CreditsLeft } from "./CreditsLeft";
import styles from "./TemplateForm.module.css";

/** Send what stands in the form to one address. */
export function TestPanel({ draft }: { draft: EmailTemplateDraft }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const send = useSendTest();
  const [address, setAddress] = useState("");
  const [chosen, setChosen] = useState<number>();
  const { data } = useQuery(domainsQuery);
  const senders = data?.items.filter((domain) => !domain.off).flatMap((domain) => domain.senders) ?? [];
  const sender = chosen ?? senders[0]?.id;
  const test = () => {
    if (sender === undefined) return;
    send.mutate({ ...draft, address, sender_id: sender }, { onSuccess: () => { toast.done(t("email.templates.testSent")); }, onError: toast.failed });
  };
  return (
    <Panel title={t("email.templates.test")}>
      {data && senders.length === 0 ? <p className={styles.second}>{t("email.templates.noSender")}</p> : (
        <div className={styles.aside}>
          <Select
            value={sender} onChange={setChosen} aria-label={t("email.templates.testFrom")}
            options={senders.map((one) => ({ value: one.id, label: `${one.name} <${one.address}>` }))}
          />
          <Input
            value={address} onChange={(event) => { setAddress(event.target.value); }} maxLength={254}
            aria-label={t("email.templates.testTo")} placeholder={t("email.templates.testTo")} inputMode="email"
          />
          <CreditsLeft tariff="email" />
          <Button disabled={!address.includes("@") || !draft.subject || !draft.html} loading={send.isPending} onClick={test}>{t("email.templates.testSend")}</Button>
        </div>
      )}
    </Panel>
  );
}
