import type { EmailTemplate, EmailTemplateChange } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { emailTemplateQuery, TEMPLATES, useChangeTemplate } from "../api/email";
import { TemplateForm } from "../parts/TemplateForm";

function EditTemplate({ template }: { template: EmailTemplate }) {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const change = useChangeTemplate(template.id);
  const { name, subject, html, text } = template;
  const kept = useKeptForm<EmailTemplateChange>({
    name: `email.template.${template.id.toString()}`,
    initial: { name, subject, html, text, purpose: template.purpose === "service" ? "service" : "marketing" },
    submit: (values) => change.mutateAsync(values),
  });
  const done = () => {
    toast.done(t("email.templates.saved"));
    void navigate(TEMPLATES);
  };
  return <TemplateForm title={t("email.templates.editTitle", { name })} submitLabel={t("email.templates.save")} kept={kept} onDone={done} />;
}

export default function EmailTemplateEdit() {
  const { data, error, refetch } = useQuery({ ...emailTemplateQuery(Number(useParams().id)), refetchOnWindowFocus: false });
  if (data) return <EditTemplate key={data.id} template={data} />;
  return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
}
