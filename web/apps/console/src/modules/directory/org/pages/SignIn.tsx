import { Mark } from "@cove/kit/brand/Mark";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { fieldFaults } from "@cove/kit/form/fieldErrors";
import { useRegion, type Language } from "@cove/kit/region/Region";
import { Slot } from "@cove/kit/slots/Slots";
import { Button, Form, Input } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useSignIn } from "../api";
import { Water } from "../parts/Water";
import "../embed/slots";
import styles from "./SignIn.module.css";

interface Credentials {
  email: string;
  password: string;
}

const OTHER: Record<Language, [Language, string]> = { "zh-CN": ["en", "English"], en: ["zh-CN", "简体中文"] };

export default function SignIn({ speak }: { speak: (language: Language) => Promise<void> }) {
  const { t } = useTranslation("org");
  const { language } = useRegion();
  const [form] = Form.useForm<Credentials>();
  const signIn = useSignIn();
  const [other, otherName] = OTHER[language];
  useEffect(() => { document.title = `${t("signIn.title")} · Cove`; }, [t]);
  const submit = (values: Credentials) => {
    signIn.mutate(values, {
      onError: (error) => {
        form.setFields(fieldFaults(error) as unknown as Parameters<typeof form.setFields>[0]);
        form.focusField("password");
      },
    });
  };
  return (
    <div className={styles.page}>
      <Water />
      <main className={styles.card}>
        <header className={styles.brand}>
          <Mark size={40} />
          <div>
            <h1 className={styles.title}>Cove</h1>
            <p className={styles.lead}>{t("signIn.lead")}</p>
          </div>
        </header>
        <Form<Credentials> form={form} layout="vertical" requiredMark={false} onFinish={submit} size="large">
          {signIn.error && <div className={styles.error}><ErrorNotice error={signIn.error} /></div>}
          <Form.Item name="email" label={t("signIn.email")} rules={[{ required: true, message: t("signIn.emailNeeded") }]}>
            <Input type="email" autoComplete="username" autoFocus inputMode="email" />
          </Form.Item>
          <Form.Item name="password" label={t("signIn.password")} rules={[{ required: true, message: t("signIn.passwordNeeded") }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>{t("signIn.submit")}</Button>
        </Form>
        <div className={styles.ways}><Slot name="signIn.ways" given={{}} /></div>
      </main>
      <button type="button" className={styles.language} lang={other} onClick={() => void speak(other)}>{otherName}</button>
    </div>
  );
}
