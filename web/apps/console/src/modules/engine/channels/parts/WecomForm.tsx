import type { WecomChange, WecomChannel } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { LeaveGuard } from "@cove/kit/form/LeaveGuard";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { useChangeWecom } from "../api";
import { SecretField } from "./SecretField";
import styles from "./WecomForm.module.css";

const SECRETS = ["secret", "callback_token", "aes_key"] as const;

/** A secret that was not typed keeps its value: it is left out. */
function bodyOf(values: WecomChange): WecomChange {
  const typed = SECRETS.filter((key) => values[key]).map((key) => [key, values[key]] as const);
  return { corp_id: values.corp_id, agent_id: values.agent_id, base_url: values.base_url, ...Object.fromEntries(typed) };
}

interface WecomFormProps {
  channel: WecomChannel;
  mayChange: boolean;
}

export function WecomForm({ channel, mayChange }: WecomFormProps) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const change = useChangeWecom();
  const kept = useKeptForm<WecomChange>({
    name: "wecom",
    secrets: SECRETS,
    initial: { corp_id: channel.corp_id, agent_id: channel.agent_id, base_url: channel.base_url },
    submit: (values) => change.mutateAsync(bodyOf(values)),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    kept.form.resetFields([...SECRETS]);
    toast.done(t("saved"));
  };
  const needed = (isSet: boolean) => [{ required: !isSet, message: t("needed") }];
  return (
    <Panel title={t("form.title")}>
      <Form<WecomChange>
        form={kept.form} layout="vertical" requiredMark={false} disabled={!mayChange}
        initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
      >
        <FormNotices kept={kept} />
        <div className={styles.fields}>
          <Form.Item name="corp_id" label={t("form.corpId")} rules={needed(false)} extra={t("form.corpIdHelp")}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="agent_id" label={t("form.agentId")} extra={t("form.agentIdHelp")}>
            <Input autoComplete="off" inputMode="numeric" />
          </Form.Item>
          <Form.Item name="secret" label={t("form.secret")} rules={needed(channel.secret_set)} extra={t("form.secretHelp")}>
            <SecretField isSet={channel.secret_set} />
          </Form.Item>
          <Form.Item name="base_url" label={t("form.baseUrl")} rules={[...needed(false), { type: "url", message: t("form.baseUrlWrong") }]} extra={t("form.baseUrlHelp")}>
            <Input autoComplete="off" inputMode="url" />
          </Form.Item>
          <Form.Item name="callback_token" label={t("form.token")} extra={t("form.tokenHelp")}>
            <SecretField isSet={channel.callback_token_set} />
          </Form.Item>
          <Form.Item
            name="aes_key" label={t("form.aesKey")} extra={t("form.aesKeyHelp")}
            rules={[{ len: 43, message: t("form.aesKeyWrong") }]}
          >
            <SecretField isSet={channel.aes_key_set} />
          </Form.Item>
        </div>
        {mayChange && <Button type="primary" htmlType="submit" loading={kept.busy}>{t("save")}</Button>}
      </Form>
      <LeaveGuard active={kept.dirty && !kept.busy} drop={kept.drop} />
    </Panel>
  );
}
