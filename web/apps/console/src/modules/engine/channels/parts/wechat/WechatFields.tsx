import { Form, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { SecretField } from "../SecretField";
import styles from "./Wechat.module.css";

interface WechatFieldsProps {
  official: boolean;
  set: { secret: boolean; token: boolean; aesKey: boolean };
}

/** What an account is connected with; a mini-program needs no callbacks. */
export function WechatFields({ official, set }: WechatFieldsProps) {
  const { t } = useTranslation("channels");
  const needed = [{ required: true, whitespace: true, message: t("wechat.needed") }];
  return (
    <div className={styles.fields}>
      <Form.Item name="name" label={t("wechat.form.name")} rules={needed}><Input maxLength={60} /></Form.Item>
      <Form.Item name="app_id" label={t("wechat.form.appId")} rules={needed} extra={t("wechat.form.appIdHelp")}>
        <Input autoComplete="off" spellCheck={false} maxLength={64} />
      </Form.Item>
      <Form.Item name="secret" label={t("wechat.form.secret")} extra={t("wechat.form.secretHelp")}>
        <SecretField isSet={set.secret} />
      </Form.Item>
      <Form.Item name="base_url" label={t("wechat.form.baseUrl")} extra={t("wechat.form.baseUrlHelp")}>
        <Input autoComplete="off" inputMode="url" placeholder="https://api.weixin.qq.com" maxLength={300} />
      </Form.Item>
      {official && (
        <>
          <Form.Item name="original_id" label={t("wechat.form.originalId")} extra={t("wechat.form.originalIdHelp")}>
            <Input autoComplete="off" spellCheck={false} maxLength={64} placeholder="gh_" />
          </Form.Item>
          <Form.Item name="callback_token" label={t("wechat.form.token")} extra={t("wechat.form.tokenHelp")}>
            <SecretField isSet={set.token} />
          </Form.Item>
          <Form.Item name="aes_key" label={t("wechat.form.aesKey")} extra={t("wechat.form.aesKeyHelp")}>
            <SecretField isSet={set.aesKey} />
          </Form.Item>
          <Form.Item name="sealed_only" label={t("wechat.form.sealedOnly")} extra={t("wechat.form.sealedOnlyHelp")} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="page_origins" label={t("wechat.form.pageOrigins")} extra={t("wechat.form.pageOriginsHelp")}>
            <Select mode="tags" open={false} suffix={null} placeholder="https://www.example.com" tokenSeparators={[" ", ","]} />
          </Form.Item>
          <Form.Item name="domain_file" label={t("wechat.form.domainFile")} extra={t("wechat.form.domainFileHelp")}>
            <Input autoComplete="off" spellCheck={false} maxLength={90} placeholder="MP_verify_….txt" />
          </Form.Item>
        </>
      )}
    </div>
  );
}
