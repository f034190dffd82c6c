import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { PasswordInput } from "../entry/PasswordInput";
import styles from "./account.module.css";

interface Proof {
  password?: string;
  code: string;
}

interface CodeModalProps {
  title: string;
  text?: string;
  submitLabel: string;
  busy: boolean;
  error: unknown;
  needsPassword?: boolean;
  danger?: boolean;
  children?: ReactNode;
  onSubmit: (proof: { password: string; code: string }) => void;
  onClose: () => void;
}

/** Ask for a code of the second factor, and for the password where both are needed. */
export function CodeModal({ title, text, submitLabel, busy, error, needsPassword = false, danger = false, children, onSubmit, onClose }: CodeModalProps) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<Proof>();
  return (
    <Modal open title={title} okText={submitLabel} okButtonProps={{ danger }} confirmLoading={busy} onOk={() => { form.submit(); }} onCancel={onClose} destroyOnHidden>
      {text && <p className={styles.lead}>{text}</p>}
      {error ? <div className={styles.lead}><ErrorNotice error={error} /></div> : null}
      {children}
      <Form<Proof> form={form} layout="vertical" requiredMark={false} onFinish={({ password = "", code }) => { onSubmit({ password, code }); }}>
        {needsPassword && (
          <Form.Item name="password" label={t("password.current")} rules={[{ required: true, message: t("signIn.passwordNeeded") }]}>
            <PasswordInput autoComplete="current-password" autoFocus />
          </Form.Item>
        )}
        <Form.Item name="code" label={t("factor.code")} rules={[{ required: true, message: t("factor.codeNeeded") }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={7} placeholder="000000" autoFocus={!needsPassword} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
