import type { EmailDomainCreate as Values } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { EMAIL, useAddDomain } from "../api/email";
import { DomainFields } from "../parts/DomainFields";

const EMPTY: Values = {
  name: "", host: "", port: 587, security: "starttls", user: "", password: null, back_host: "", spf_wanted: "", per_minute: 0, off: false,
};

export default function EmailDomainCreate() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const add = useAddDomain();
  const kept = useKeptForm<Values>({
    name: "email.domain.new", initial: EMPTY, secrets: ["password"],
    submit: (values) => add.mutateAsync({ ...values, password: values.password || null }),
  });
  const done = () => {
    toast.done(t("email.form.made", { name: kept.form.getFieldValue("name") as string }));
    void navigate(EMAIL);
  };
  return (
    <FormDrawer<Values> title={t("email.addDomain")} parent={EMAIL} kept={kept} submitLabel={t("email.addDomain")} onDone={done}>
      <Form.Item name="name" label={t("email.form.name")} rules={[{ required: true, whitespace: true, message: t("email.form.nameNeeded") }]}>
        <Input maxLength={253} placeholder={t("email.form.nameHint")} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <DomainFields passwordSet={false} mayTurnOff={false} />
    </FormDrawer>
  );
}
