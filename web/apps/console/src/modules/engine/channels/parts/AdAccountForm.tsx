import type { AdAccess, AdPlatform } from "@cove/api/types";
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { SecretField } from "./SecretField";
import styles from "./WecomForm.module.css";

interface AdAccountFormProps {
  platform: AdPlatform;
  isSet: { token: boolean; secret: boolean };
}

/** How an account is reached: the fields, inside of a form. */
export function AdAccountForm({ platform, isSet }: AdAccountFormProps) {
  const { t } = useTranslation("channels");
  const needed = [{ required: true, whitespace: true, message: t("needed") }];
  return (
    <div className={styles.fields}>
      <Form.Item<AdAccess> name="name" label={t("ads.name")} rules={needed}><Input maxLength={60} /></Form.Item>
      <Form.Item<AdAccess> name="outer_id" label={t(`ads.outerId.${platform}`)} rules={needed}><Input maxLength={100} autoComplete="off" /></Form.Item>
      <Form.Item<AdAccess> name="token" label={t("ads.token")} rules={isSet.token ? [] : needed} extra={t("ads.secretHelp")}><SecretField isSet={isSet.token} /></Form.Item>
      {platform !== "tencent" && (
        <Form.Item<AdAccess> name="secret" label={t(`ads.secret.${platform}`)} rules={isSet.secret || platform === "baidu" ? [] : needed} extra={t("ads.secretHelp")}>
          <SecretField isSet={isSet.secret} />
        </Form.Item>
      )}
      <Form.Item<AdAccess> name="base_url" label={t("ads.baseUrl")} extra={t("ads.baseUrlHelp")}><Input maxLength={300} inputMode="url" autoComplete="off" /></Form.Item>
    </div>
  );
}
