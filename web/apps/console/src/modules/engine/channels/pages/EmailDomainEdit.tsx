import type { EmailDomain, EmailDomainChange } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { domainsQuery, EMAIL, useChangeDomain } from "../api/email";
import { DomainFields } from "../parts/DomainFields";

function valuesOf(domain: EmailDomain): EmailDomainChange {
  const { host, port, user, back_host, spf_wanted, per_minute, off } = domain;
  return { host, port, security: domain.security as EmailDomainChange["security"], user, password: null, back_host, spf_wanted, per_minute, off };
}

function EditDomain({ domain }: { domain: EmailDomain }) {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const change = useChangeDomain(domain.id);
  const kept = useKeptForm<EmailDomainChange>({
    name: `email.domain.${domain.id.toString()}`, initial: valuesOf(domain), secrets: ["password"],
    // A password that was not typed keeps its value.
    submit: (values) => change.mutateAsync({ ...values, password: values.password || null }),
  });
  const done = () => {
    toast.done(t("email.form.saved"));
    void navigate(EMAIL);
  };
  return (
    <FormDrawer<EmailDomainChange> title={t("email.editTitle", { name: domain.name })} parent={EMAIL} kept={kept} submitLabel={t("email.form.save")} onDone={done}>
      <DomainFields passwordSet={domain.password_set} mayTurnOff />
    </FormDrawer>
  );
}

export default function EmailDomainEdit() {
  const id = Number(useParams().id);
  const { data } = useQuery(domainsQuery);
  const domain = data?.items.find((one) => one.id === id);
  return domain && <EditDomain key={domain.id} domain={domain} />;
}
