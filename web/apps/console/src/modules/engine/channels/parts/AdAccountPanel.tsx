import { useMay } from "@cove/api/session";
import type { AdAccess, AdAccount, AdAccounts } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Alert, Button, Collapse, Form } from "antd";
import { useTranslation } from "react-i18next";

import { useChangeAdAccount, usePullAdLeads, useSwitchAdAccount } from "../api/ads";
import { AdAccountForm } from "./AdAccountForm";
import { AdMapping } from "./AdMapping";
import { PushAddress } from "./PushAddress";
import styles from "./Sms.module.css";
import forms from "./WecomForm.module.css";

function Acts({ account }: { account: AdAccount }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const pull = usePullAdLeads(account.id);
  const turn = useSwitchAdAccount(account.id);
  return (
    <span className={styles.bar}>
      {!account.off && <Button size="small" loading={pull.isPending} onClick={() => { pull.mutate(undefined, { onError: toast.failed }); }}>{t("ads.pull")}</Button>}
      <Button size="small" loading={turn.isPending} onClick={() => { turn.mutate(!account.off, { onError: toast.failed }); }}>{account.off ? t("ads.turnOn") : t("ads.turnOff")}</Button>
    </span>
  );
}

function Access({ account }: { account: AdAccount }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const mayChange = useMay()("ads.configure");
  const change = useChangeAdAccount(account.id);
  const kept = useKeptForm<AdAccess>({
    name: `ads.${account.id.toString()}`,
    secrets: ["token", "secret"],
    initial: { name: account.name, outer_id: account.outer_id, base_url: account.base_url },
    submit: ({ token, secret, ...rest }) => change.mutateAsync({ ...rest, ...(token ? { token } : {}), ...(secret ? { secret } : {}) }),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    kept.form.resetFields(["token", "secret"]);
    toast.done(t("ads.saved"));
  };
  return (
    <Form<AdAccess>
      form={kept.form} layout="vertical" requiredMark={false} disabled={!mayChange}
      initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
    >
      <FormNotices kept={kept} />
      <AdAccountForm platform={account.platform} isSet={{ token: account.token_set, secret: account.secret_set }} />
      <p className={styles.quiet}>{t("ads.pushHelp")}</p>
      <PushAddress label={t("ads.push")} url={account.push_url} copy={t("ads.copy")} />
      {mayChange && <Button type="primary" htmlType="submit" loading={kept.busy} className={styles.below}>{t("ads.save")}</Button>}
    </Form>
  );
}

interface AdAccountPanelProps {
  account: AdAccount;
  choices: AdAccounts;
}

/** One advertiser's account: how it does, how it is reached, and what becomes of its fields. */
export function AdAccountPanel({ account, choices }: AdAccountPanelProps) {
  const { t } = useTranslation("channels");
  const mayChange = useMay()("ads.configure");
  const state = account.off ? <span className={styles.quiet}>{t("ads.stopped")}</span> : <span className={styles.good}>{t("ads.running")}</span>;
  const items = [
    { key: "mapping", label: `${t("ads.mapping.title")} · ${t("ads.codes.title")}`, children: <AdMapping account={account} choices={choices} /> },
    { key: "access", label: t("ads.access"), children: <Access account={account} /> },
  ];
  return (
    <Panel
      title={<span className={styles.bar}>{account.name}<span className={styles.quiet}>{account.platform_name}</span>{state}</span>}
      extra={mayChange && <Acts account={account} />}
    >
      {account.problem && <Alert type="warning" showIcon title={account.problem} className={forms.alert} />}
      <div className={styles.figures}>
        <span>{t("ads.leads30")} <b><Count value={account.figures.leads} /></b></span>
        <span>{t("ads.contacts30")} <b><Count value={account.figures.contacts} /></b></span>
        <span>{t("ads.pulled")} {account.pulled_at ? <Time at={account.pulled_at} /> : t("ads.never")}</span>
        <span>{t("ads.told")} {account.told_at ? <Time at={account.told_at} /> : t("ads.never")}</span>
      </div>
      <Collapse ghost items={items} />
    </Panel>
  );
}
