import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { useAskForReset } from "../../api/entry";
import { EntryCard, type Speak } from "./EntryCard";
import styles from "./entry.module.css";

/** Ask for a link to a new password. */
export function Forgotten({ speak }: { speak: Speak }) {
  const { t } = useTranslation("org");
  const ask = useAskForReset();
  return (
    <EntryCard title={t("reset.title")} heading={t("reset.title")} text={t("reset.askText")} foot={<a href="/">{t("signIn.back")}</a>} speak={speak}>
      {ask.isSuccess
        ? <Alert type="success" showIcon title={t("reset.asked")} description={t("reset.askedText")} />
        : (
          <Form<{ email: string }> layout="vertical" requiredMark={false} size="large" onFinish={({ email }) => { ask.mutate(email); }}>
            {ask.error && <div className={styles.error}><ErrorNotice error={ask.error} /></div>}
            <Form.Item name="email" label={t("signIn.email")} rules={[{ required: true, message: t("signIn.emailNeeded") }]}>
              <Input type="email" autoComplete="username" inputMode="email" autoFocus />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={ask.isPending}>{t("reset.ask")}</Button>
          </Form>
        )}
    </EntryCard>
  );
}
