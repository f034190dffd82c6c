import type { Account } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useChangePassword, type PasswordChange } from "../../api/account";
import { NewPassword } from "../entry/NewPassword";
import { PasswordInput } from "../entry/PasswordInput";
import { Refusal } from "../entry/Refusal";
import { showFaults } from "../entry/showFaults";
import styles from "./account.module.css";

/** Change the password, proved by the current one, or by a code where there is a second factor. */
export function PasswordPanel({ account }: { account: Account }) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<PasswordChange>();
  const [open, setOpen] = useState(false);
  const [byCode, setByCode] = useState(!account.has_password);
  const toast = useToast();
  const change = useChangePassword();
  const close = () => {
    form.resetFields();
    change.reset();
    setOpen(false);
  };
  const submit = ({ current_password = "", code = "", password }: Partial<PasswordChange> & { password: string }) => {
    change.mutate(byCode ? { current_password: "", code, password } : { current_password, code: "", password }, {
      onSuccess: () => { toast.done(t("password.changed")); close(); },
      onError: (error) => { showFaults(form, error); },
    });
  };
  return (
    <Panel title={t("password.title")}>
      {!open && (
        <div className={styles.row}>
          <span className={styles.text}>{t("password.text")}</span>
          <Button onClick={() => { setOpen(true); }}>{t("password.change")}</Button>
        </div>
      )}
      {open && (
        <Form<PasswordChange> form={form} layout="vertical" requiredMark={false} className={styles.form} onFinish={submit}>
          <Refusal error={change.error} fields={["current_password", "code", "password"]} />
          {byCode
            ? <Form.Item name="code" label={t("factor.code")} rules={[{ required: true, message: t("factor.codeNeeded") }]}><Input autoComplete="one-time-code" inputMode="numeric" maxLength={7} autoFocus /></Form.Item>
            : <Form.Item name="current_password" label={t("password.current")} rules={[{ required: true, message: t("signIn.passwordNeeded") }]}><PasswordInput autoComplete="current-password" autoFocus /></Form.Item>}
          {account.second_factor_since && account.has_password && (
            <Form.Item><Button type="link" size="small" onClick={() => { setByCode(!byCode); }}>{byCode ? t("password.byPassword") : t("password.byCode")}</Button></Form.Item>
          )}
          <NewPassword label={t("password.new")} known={[account.name, account.email ?? "", account.company]} />
          <div className={styles.row} style={{ justifyContent: "flex-start" }}>
            <Button type="primary" htmlType="submit" loading={change.isPending}>{t("password.change")}</Button>
            <Button onClick={close}>{t("password.cancel")}</Button>
          </div>
        </Form>
      )}
    </Panel>
  );
}
