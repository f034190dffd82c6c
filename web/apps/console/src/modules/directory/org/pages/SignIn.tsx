import type { SecondFactorAsked } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Slot } from "@cove/kit/slots/Slots";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import "../embed/slots";
import { useEnter, useSignIn } from "../api/entry";
import { EntryCard, type Speak } from "../parts/entry/EntryCard";
import styles from "../parts/entry/entry.module.css";
import { PasswordInput } from "../parts/entry/PasswordInput";
import { SecondStep } from "../parts/entry/SecondStep";
import { showFaults } from "../parts/entry/showFaults";

interface Credentials {
  email: string;
  password: string;
}

export default function SignIn({ speak }: { speak: Speak }) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<Credentials>();
  const [asked, setAsked] = useState<SecondFactorAsked>();
  const signIn = useSignIn();
  const enter = useEnter();
  const submit = (values: Credentials) => {
    signIn.mutate(values, {
      onSuccess: (answer) => { if ("ticket" in answer) setAsked(answer); else enter(answer); },
      onError: (error) => { showFaults(form, error, "password"); },
    });
  };
  if (asked) return <SecondStep asked={asked} enter={enter} back={() => { setAsked(undefined); }} speak={speak} />;
  return (
    <EntryCard title={t("signIn.title")} speak={speak}>
      <Form<Credentials> form={form} layout="vertical" requiredMark={false} onFinish={submit} size="large">
        {signIn.error && <div className={styles.error}><ErrorNotice error={signIn.error} /></div>}
        <Form.Item name="email" label={t("signIn.email")} rules={[{ required: true, message: t("signIn.emailNeeded") }]}>
          <Input type="email" autoComplete="username" autoFocus inputMode="email" />
        </Form.Item>
        <Form.Item
          name="password" label={t("signIn.password")} rules={[{ required: true, message: t("signIn.passwordNeeded") }]}
          extra={<a href="/forgotten">{t("signIn.forgotten")}</a>}
        >
          <PasswordInput autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>{t("signIn.submit")}</Button>
      </Form>
      <div className={styles.ways}><Slot name="signIn.ways" given={{}} /></div>
    </EntryCard>
  );
}
