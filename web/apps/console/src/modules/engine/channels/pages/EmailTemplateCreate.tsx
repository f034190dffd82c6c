import type { EmailTemplateChange } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { TEMPLATES, useAddTemplate } from "../api/email";
import { EMPTY, TemplateForm } from "../parts/TemplateForm";

export default function EmailTemplateCreate() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const add = useAddTemplate();
  const kept = useKeptForm<EmailTemplateChange>({ name: "email.template.new", initial: EMPTY, submit: (values) => add.mutateAsync(values) });
  const done = () => {
    toast.done(t("email.templates.made", { name: kept.form.getFieldValue("name") as string }));
    void navigate(TEMPLATES);
  };
  return <TemplateForm title={t("email.templates.create")} submitLabel={t("email.templates.save")} kept={kept} onDone={done} />;
}
