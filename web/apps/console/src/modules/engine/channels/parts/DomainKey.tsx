import type { EmailDomain } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { useDropNewKey, useRenewKey } from "../api/email";
import styles from "./DomainPanel.module.css";

/** The key that signs a domain's mail: made anew, or given up while it waits for its record. */
export function DomainKey({ domain: { id, name, next_selector } }: { domain: EmailDomain }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const renew = useRenewKey();
  const drop = useDropNewKey();
  const make = () => { renew.mutate(id, { onSuccess: () => { toast.done(t("email.key.renewed")); }, onError: toast.failed }); };
  const giveUp = () => { drop.mutate(id, { onSuccess: () => { toast.done(t("email.key.dropped")); }, onError: toast.failed }); };
  if (next_selector) {
    return (
      <p className={styles.waiting}>
        {t("email.key.waits")}
        <Button size="small" loading={drop.isPending} onClick={giveUp}>{t("email.key.drop")}</Button>
      </p>
    );
  }
  return (
    <Popconfirm title={t("email.key.renewTitle", { name })} description={t("email.key.renewText")} okText={t("email.key.renew")} onConfirm={make}>
      <Button size="small" className={styles.renew} loading={renew.isPending}>{t("email.key.renew")}</Button>
    </Popconfirm>
  );
}
