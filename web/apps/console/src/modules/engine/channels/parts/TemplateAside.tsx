import { useMay } from "@cove/api/session";
import type { EmailTemplateChange, EmailTemplateDraft } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance } from "antd";
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { emailPreviewQuery, variablesQuery } from "../api/email";
import styles from "./TemplateForm.module.css";
import { TestPanel } from "./TestPanel";

const EMPTY_DRAFT: EmailTemplateDraft = { subject: "", html: "", text: "", purpose: "marketing" };

function defined(values: Partial<EmailTemplateDraft>): Partial<EmailTemplateDraft> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

function Variables() {
  const { t } = useTranslation("channels");
  const { data } = useQuery(variablesQuery);
  return (
    <Panel title={t("email.templates.variables")}>
      <p className={styles.second}>{t("email.templates.variablesHelp", { example: `{{ contact.name | ${t("email.templates.friend")} }}` })}</p>
      <ul className={styles.variables}>
        {data?.map(({ name, label }) => (
          <li key={name} className={styles.variable}>
            <span>{label}</span>
            <code>{`{{ ${name} }}`}</code>
            <CopyText text={`{{ ${name} }}`} label={name} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Beside the editor: how the mail will look, what may stand in it, and a test of it. */
export function TemplateAside({ form }: { form: FormInstance<EmailTemplateChange> }) {
  const { t } = useTranslation("channels");
  const mayTest = useMay()("email.write_templates");
  const subject = Form.useWatch("subject", { form, preserve: true });
  const html = Form.useWatch("html", { form, preserve: true });
  const text = Form.useWatch("text", { form, preserve: true });
  const purpose = Form.useWatch("purpose", { form, preserve: true });
  // Before the form is drawn for the first time nothing is watched yet, whatever its type says.
  const draft = useDeferredValue(useMemo(() => ({ ...EMPTY_DRAFT, ...defined({ subject, html, text, purpose }) }), [subject, html, text, purpose]));
  const { data, error } = useQuery(emailPreviewQuery(draft));
  return (
    <div className={styles.aside}>
      <Panel title={t("email.templates.preview")}>
        {error ? <ErrorNotice error={error} /> : data ? (
          <>
            <p className={styles.subject}>{data.subject}</p>
            <iframe className={styles.frame} title={t("email.templates.preview")} sandbox="" srcDoc={data.html} />
            {data.needs.length > 0 && <p className={styles.second}>{t("email.templates.previewNeeds", { names: data.needs.join(", ") })}</p>}
          </>
        ) : <p className={styles.second}>{t("email.templates.previewEmpty")}</p>}
      </Panel>
      <Variables />
      {mayTest && <TestPanel draft={draft} />}
    </div>
  );
}
