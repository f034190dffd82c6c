import type { SecondFactorAsked, SignedIn } from "@cove/api/types";
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useSecondStep } from "../../api/entry";
import { EntryCard, type Speak } from "./EntryCard";
import { RecoveryCodes } from "./RecoveryCodes";
import { Refusal } from "./Refusal";
import { ScanEnrolment } from "./ScanEnrolment";
import { showFaults } from "./showFaults";

interface SecondStepProps {
  asked: SecondFactorAsked;
  enter: (session: SignedIn) => void;
  back: () => void;
  speak: Speak;
}

interface Proof {
  code?: string;
  recovery_code?: string;
  remember?: boolean;
}

/** The second step of signing in: a code, a recovery code, or setting the second factor up where the company asks for it. */
export function SecondStep({ asked, enter, back, speak }: SecondStepProps) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<Proof>();
  const [recovering, setRecovering] = useState(false);
  const [opened, setOpened] = useState<SignedIn>();
  const step = useSecondStep();
  const field = recovering ? "recovery_code" : "code";
  const submit = ({ code = "", recovery_code = "", remember = false }: Proof) => {
    const proof = recovering ? { code: "", recovery_code } : { code, recovery_code: "" };
    step.mutate({ ticket: asked.ticket, remember, ...proof }, {
      onSuccess: (session) => { if (session.recovery_codes.length) setOpened(session); else enter(session); },
      onError: (error) => { showFaults(form, error, field); },
    });
  };
  const title = asked.enrolment ? t("factor.setUp") : t("factor.title");
  if (opened) {
    return (
      <EntryCard title={title} speak={speak}>
        <RecoveryCodes codes={opened.recovery_codes} done={() => { enter(opened); }} />
      </EntryCard>
    );
  }
  const foot = (
    <>
      {!asked.enrolment && (
        <Button type="link" size="small" onClick={() => { setRecovering(!recovering); step.reset(); }}>
          {recovering ? t("factor.useCode") : t("factor.useRecovery")}
        </Button>
      )}
      <Button type="link" size="small" onClick={back}>{t("signIn.back")}</Button>
    </>
  );
  const text = asked.enrolment ? t("factor.setUpText") : recovering ? t("factor.recoveryText") : t("factor.text");
  return (
    <EntryCard title={title} heading={title} text={text} foot={foot} speak={speak}>
      <Form<Proof> form={form} layout="vertical" requiredMark={false} onFinish={submit} size="large" key={field}>
        <Refusal error={step.error} fields={[field]} />
        {asked.enrolment && <ScanEnrolment enrolment={asked.enrolment} />}
        <Form.Item
          name={field}
          label={recovering ? t("factor.recoveryCode") : t("factor.code")}
          rules={[{ required: true, message: recovering ? t("factor.recoveryNeeded") : t("factor.codeNeeded") }]}
        >
          {recovering
            ? <Input autoComplete="off" autoFocus spellCheck={false} maxLength={32} placeholder="xxxxx-xxxxx" />
            : <Input autoComplete="one-time-code" inputMode="numeric" autoFocus maxLength={7} placeholder="000000" />}
        </Form.Item>
        {!asked.enrolment && !recovering && (
          <Form.Item name="remember" valuePropName="checked"><Checkbox>{t("factor.remember")}</Checkbox></Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={step.isPending}>{t("factor.submit")}</Button>
      </Form>
    </EntryCard>
  );
}
