import type { Named, WecomKfAccount } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { kfAccountsQuery, useChooseServicers } from "../../api/tools";
import { MembersField } from "../MembersField";
import styles from "./Tools.module.css";

function Account({ account, mayChange }: { account: WecomKfAccount; mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const choose = useChooseServicers(account.id);
  const [changed, setChanged] = useState<Named[]>();
  const save = () => {
    choose.mutate((changed ?? []).map((one) => one.id), { onSuccess: () => { setChanged(undefined); toast.done(t("tools.saved")); }, onError: toast.failed });
  };
  return (
    <div className={styles.account}>
      <b>{account.name}</b>
      {mayChange ? <MembersField value={changed ?? account.servicers} onChange={setChanged} /> : <span>{account.servicers.map((one) => one.name).join(" · ")}</span>}
      {account.reason && <span className={styles.second}>{account.reason}</span>}
      {changed && <Button size="small" type="primary" loading={choose.isPending} onClick={save}>{t("tools.save")}</Button>}
    </div>
  );
}

/** Who serves the accounts of customer service. */
export function SupportPanel({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const { data } = useQuery(kfAccountsQuery);
  if (!data || data.length === 0) return null;
  return (
    <Panel title={t("support.title")}>
      <p className={styles.text}>{t("support.text")}</p>
      {data.map((account) => <Account key={account.id} account={account} mayChange={mayChange} />)}
    </Panel>
  );
}
