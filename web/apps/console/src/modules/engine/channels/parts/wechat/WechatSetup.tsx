import { DeleteOutlined, SyncOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { WechatAccount, WechatAccountChange } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { LeaveGuard } from "@cove/kit/form/LeaveGuard";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { App, Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { JobWatch } from "../../../../kernel/jobs/embed/JobProgress";
import { useChangeWechat, useRemoveWechat, useSyncWechat } from "../../api/wechat";
import lines from "../Lines.module.css";
import { WechatCheck } from "./WechatCheck";
import { WechatDoors } from "./WechatDoors";
import { WechatFields } from "./WechatFields";
import styles from "./Wechat.module.css";

const SECRETS = ["secret", "callback_token", "aes_key"] as const;

/** How an account is connected. */
export function WechatSetup({ account }: { account: WechatAccount }) {
  const may = useMay();
  const mayChange = may("wechat.configure");
  return (
    <div className={styles.page}>
      <Settings account={account} mayChange={mayChange} />
      {account.kind === "official" && <Callback url={account.callback_url} />}
      <WechatDoors account={account} />
      {mayChange && account.secret_set && <WechatCheck id={account.id} />}
      {may("wechat.sync") && account.secret_set && <Sync id={account.id} />}
      {mayChange && <div className={styles.acts}><Remove account={account} /></div>}
    </div>
  );
}

function Settings({ account, mayChange }: { account: WechatAccount; mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const change = useChangeWechat(account.id);
  const kept = useKeptForm<WechatAccountChange>({
    name: `wechat.${account.id.toString()}`,
    secrets: SECRETS,
    initial: {
      name: account.name, app_id: account.app_id, original_id: account.original_id, base_url: account.base_url, sealed_only: account.sealed_only,
      page_origins: account.page_origins, domain_file: account.domain_file,
    },
    submit: (values) => change.mutateAsync(values),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    kept.form.resetFields([...SECRETS]);
    toast.done(t("wechat.saved"));
  };
  return (
    <Panel title={t("wechat.form.title")}>
      <Form<WechatAccountChange>
        form={kept.form} layout="vertical" requiredMark={false} disabled={!mayChange}
        initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
      >
        <FormNotices kept={kept} />
        <WechatFields
          official={account.kind === "official"}
          set={{ secret: account.secret_set, token: account.callback_token_set, aesKey: account.aes_key_set }}
        />
        {mayChange && <Button type="primary" htmlType="submit" loading={kept.busy}>{t("wechat.save")}</Button>}
      </Form>
      <LeaveGuard active={kept.dirty && !kept.busy} drop={kept.drop} />
    </Panel>
  );
}

function Callback({ url }: { url: string }) {
  const { t } = useTranslation("channels");
  return (
    <Panel title={t("wechat.callback.title")}>
      <p className={lines.text}>{t("wechat.callback.text")}</p>
      <div className={lines.address}><code>{url}</code><CopyText text={url} label={t("wechat.callback.copy")} showLabel /></div>
    </Panel>
  );
}

function Sync({ id }: { id: number }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const sync = useSyncWechat(id);
  const start = () => { sync.mutate(undefined, { onError: toast.failed }); };
  return (
    <Panel title={t("wechat.sync.title")} extra={<Button size="small" icon={<SyncOutlined />} loading={sync.isPending} onClick={start}>{t("wechat.sync.run")}</Button>}>
      <p className={lines.text}>{t("wechat.sync.text")}</p>
      {sync.data && <div className={lines.job}><JobWatch id={sync.data.job_id} /></div>}
    </Panel>
  );
}

function Remove({ account }: { account: WechatAccount }) {
  const { t } = useTranslation("channels");
  const { modal } = App.useApp();
  const toast = useToast();
  const navigate = useNavigate();
  const remove = useRemoveWechat();
  const ask = () => {
    modal.confirm({
      title: t("wechat.remove.title", { name: account.name }),
      content: t("wechat.remove.text", { count: account.state.people }),
      okText: t("wechat.remove.action"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(account.id).then(() => {
        toast.done(t("wechat.remove.done"));
        void navigate("/settings/wechat");
      }, toast.failed),
    });
  };
  return <Button danger icon={<DeleteOutlined />} onClick={ask}>{t("wechat.remove.action")}</Button>;
}
