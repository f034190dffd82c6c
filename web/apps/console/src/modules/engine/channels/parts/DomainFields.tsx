import { Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./DomainPanel.module.css";

const SECURITY = ["starttls", "tls", "none"] as const;

/** How a domain's mail goes out and comes back. */
export function DomainFields({ passwordSet, mayTurnOff }: { passwordSet: boolean; mayTurnOff: boolean }) {
  const { t } = useTranslation("channels");
  return (
    <>
      <Form.Item name="host" label={t("email.form.host")} rules={[{ required: true, whitespace: true, message: t("email.form.hostNeeded") }]}>
        <Input maxLength={253} placeholder="smtp.example.com" autoComplete="off" spellCheck={false} />
      </Form.Item>
      <div className={styles.fields}>
        <Form.Item name="port" label={t("email.form.port")} rules={[{ required: true }]}>
          <InputNumber min={1} max={65535} precision={0} />
        </Form.Item>
        <Form.Item name="security" label={t("email.form.security")} required>
          <Select options={SECURITY.map((value) => ({ value, label: t(`email.form.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="user" label={t("email.form.user")}><Input maxLength={200} autoComplete="off" spellCheck={false} /></Form.Item>
      <Form.Item name="password" label={t("email.form.password")}>
        <Input.Password maxLength={200} autoComplete="new-password" placeholder={passwordSet ? t("email.form.passwordKept") : undefined} />
      </Form.Item>
      <Form.Item name="back_host" label={t("email.form.back")} extra={t("email.form.backHelp")}>
        <Input maxLength={253} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="spf_wanted" label={t("email.form.spf")} extra={t("email.form.spfHelp")}>
        <Input maxLength={300} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="per_minute" label={t("email.form.rate")} extra={t("email.form.rateHelp")} required>
        <InputNumber min={0} max={1_000_000} precision={0} />
      </Form.Item>
      {mayTurnOff && <Form.Item name="off" label={t("email.form.off")} valuePropName="checked" required><Switch /></Form.Item>}
    </>
  );
}
