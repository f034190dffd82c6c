import type { EmailTemplateChange } from "@cove/api/types";
import { FormPage } from "@cove/kit/form/FormPage";
import type { KeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";

import { TEMPLATES } from "../api/email";
import { TemplateAside } from "./TemplateAside";

interface TemplateFormProps {
  title: string;
  submitLabel: string;
  kept: KeptForm<EmailTemplateChange>;
  onDone: () => void;
}

export const EMPTY: EmailTemplateChange = { name: "", subject: "", html: "", text: "", purpose: "marketing" };

/** What a mail says, with how it will look beside it. */
export function TemplateForm({ kept, ...page }: TemplateFormProps) {
  const { t } = useTranslation("channels");
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <FormPage<EmailTemplateChange> {...page} kept={kept} back={TEMPLATES} aside={<TemplateAside form={kept.form} />}>
      <Panel>
        <Form.Item name="name" label={t("email.templates.name")} rules={needed(t("email.templates.nameNeeded"))}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="purpose" label={t("email.templates.purpose")} extra={t("email.templates.purposeHelp")} required>
          <Radio.Group
            optionType="button"
            options={(["marketing", "service"] as const).map((value) => ({ value, label: t(`email.templates.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="subject" label={t("email.templates.subject")} rules={needed(t("email.templates.subjectNeeded"))}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="html" label={t("email.templates.html")} rules={needed(t("email.templates.htmlNeeded"))}>
          <Input.TextArea autoSize={{ minRows: 14, maxRows: 30 }} maxLength={500_000} spellCheck={false} />
        </Form.Item>
        <Form.Item name="text" label={t("email.templates.text")} extra={t("email.templates.textHelp")}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} maxLength={100_000} />
        </Form.Item>
      </Panel>
    </FormPage>
  );
}
