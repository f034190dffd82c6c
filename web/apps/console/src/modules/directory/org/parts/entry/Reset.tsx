import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form } from "antd";
import { useTranslation } from "react-i18next";

import { resetQuery, useReset } from "../../api/entry";
import { EntryCard, type Speak } from "./EntryCard";
import styles from "./entry.module.css";
import { NewPassword } from "./NewPassword";
import { Refusal } from "./Refusal";
import { showFaults } from "./showFaults";

/** Set a new password by a link. */
export function Reset({ token, speak }: { token: string; speak: Speak }) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<{ password: string }>();
  const { data: offer, error } = useQuery(resetQuery(token));
  const reset = useReset();
  const submit = ({ password }: { password: string }) => {
    reset.mutate({ token, password }, { onError: (refused) => { showFaults(form, refused); } });
  };
  const text = offer && !reset.isSuccess ? t("reset.text", { email: offer.email, company: offer.company }) : undefined;
  return (
    <EntryCard title={t("reset.title")} heading={t("reset.title")} text={text} foot={<a href="/">{t("signIn.back")}</a>} speak={speak}>
      {error && <><div className={styles.error}><ErrorNotice error={error} /></div><Button block size="large" href="/forgotten">{t("reset.again")}</Button></>}
      {!offer && !error && <Waiting />}
      {reset.isSuccess && <Alert type="success" showIcon title={t("reset.done")} description={t("reset.doneText")} />}
      {offer && !reset.isSuccess && (
        <Form<{ password: string }> form={form} layout="vertical" requiredMark={false} size="large" onFinish={submit}>
          <Refusal error={reset.error} fields={["password"]} />
          <NewPassword label={t("password.new")} known={[offer.name, offer.email, offer.company]} autoFocus />
          <Button type="primary" htmlType="submit" block loading={reset.isPending}>{t("reset.submit")}</Button>
        </Form>
      )}
    </EntryCard>
  );
}
