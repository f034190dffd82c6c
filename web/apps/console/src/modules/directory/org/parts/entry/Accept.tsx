import type { SecondFactorAsked, Session } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { invitationQuery, useAcceptInvitation, useEnter } from "../../api/entry";
import { EntryCard, type Speak } from "./EntryCard";
import { NewPassword } from "./NewPassword";
import { Refusal } from "./Refusal";
import { SecondStep } from "./SecondStep";
import { showFaults } from "./showFaults";

interface Acceptance {
  name: string;
  password: string;
}

/** Join by an invitation. */
export function Accept({ token, speak }: { token: string; speak: Speak }) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<Acceptance>();
  const [asked, setAsked] = useState<SecondFactorAsked>();
  const { data: offer, error } = useQuery(invitationQuery(token));
  const accept = useAcceptInvitation();
  const keep = useEnter();
  const enter = (session: Session) => {
    keep(session);
    location.replace("/");
  };
  const submit = (values: Acceptance) => {
    accept.mutate({ token, ...values }, {
      onSuccess: (answer) => { if ("ticket" in answer) setAsked(answer); else enter(answer); },
      onError: (refused) => { showFaults(form, refused); },
    });
  };
  if (asked) return <SecondStep asked={asked} enter={enter} back={() => { location.replace("/"); }} speak={speak} />;
  const heading = offer ? t("invitation.heading", { company: offer.company }) : t("invitation.title");
  const text = offer && t("invitation.text", { inviter: offer.inviter, email: offer.email });
  return (
    <EntryCard title={t("invitation.title")} heading={heading} text={text} foot={<a href="/">{t("signIn.back")}</a>} speak={speak}>
      {error && <ErrorNotice error={error} />}
      {!offer && !error && <Waiting />}
      {offer && (
        <Form<Acceptance> form={form} layout="vertical" requiredMark={false} size="large" initialValues={{ name: offer.name }} onFinish={submit}>
          <Refusal error={accept.error} fields={["name", "password"]} />
          <Form.Item name="name" label={t("account.name")} rules={[{ required: true, whitespace: true, message: t("account.nameNeeded") }]}>
            <Input autoComplete="name" maxLength={64} />
          </Form.Item>
          <NewPassword label={t("password.set")} known={[offer.name, offer.email, offer.company]} autoFocus />
          <Button type="primary" htmlType="submit" block loading={accept.isPending}>{t("invitation.accept")}</Button>
        </Form>
      )}
    </EntryCard>
  );
}
