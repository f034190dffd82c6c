import type { Named } from "@cove/api/types";
import { FormPage } from "@cove/kit/form/FormPage";
import type { KeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { TagPicker } from "../../../directory/people/embed/TagPicker";
import { PartsField } from "../../../engine/channels/embed/MessageParts";
import styles from "./CodeForm.module.css";
import { MembersField } from "./MembersField";
import { PhonePreview } from "./PhonePreview";
import { byteLength, UTM, WELCOME_BYTES, type CodeValues } from "./values";
import { WelcomeField } from "./WelcomeField";

interface CodeFormProps {
  title: string;
  back: string;
  submitLabel: string;
  kept: KeptForm<CodeValues>;
  knownTags?: Named[];
  onDone: () => void;
}

export function CodeForm({ knownTags, ...page }: CodeFormProps) {
  const { t } = useTranslation("live_codes");
  const short = (_: unknown, text: string | undefined) =>
    byteLength(text ?? "") > WELCOME_BYTES ? Promise.reject(new Error(t("form.welcomeTooLong"))) : Promise.resolve();
  const said = ({ getFieldValue }: { getFieldValue: (name: keyof CodeValues) => unknown }) => ({
    validator: (_: unknown, text: string | undefined) =>
      (getFieldValue("welcome_attachments") as unknown[] | undefined)?.length && !text?.trim() ? Promise.reject(new Error(t("form.welcomeNeeded"))) : Promise.resolve(),
  });
  return (
    <FormPage<CodeValues> {...page} aside={<PhonePreview />}>
      <Panel title={t("form.basics")}>
        <Form.Item name="name" label={t("field.name")} rules={[{ required: true, whitespace: true, message: t("form.nameNeeded") }]}>
          <Input maxLength={60} placeholder={t("form.nameHint")} />
        </Form.Item>
        <Form.Item label={t("field.members")} required tooltip={t("form.membersHelp")} className={styles.last}>
          <MembersField />
        </Form.Item>
      </Panel>
      <Panel title={t("form.after")}>
        <Form.Item name="tag_ids" label={t("field.tags")} extra={t("form.tagsHelp")}>
          <TagPicker known={knownTags} />
        </Form.Item>
        <Form.Item name="welcome_text" label={t("field.welcome")} dependencies={["welcome_attachments"]} rules={[{ validator: short }, said]}>
          <WelcomeField />
        </Form.Item>
        <Form.Item name="welcome_attachments" label={t("field.attachments")} extra={t("form.attachmentsHelp")} className={styles.last}>
          <PartsField />
        </Form.Item>
      </Panel>
      <Panel title={t("form.utm")}>
        <p className={styles.help}>{t("form.utmHelp")}</p>
        <div className={styles.utm}>
          {UTM.map((key) => (
            <Form.Item key={key} name={["utm", key]} label={t(`utm.${key}`)} className={styles.last}>
              <Input maxLength={100} placeholder={t(`utmHint.${key}`)} />
            </Form.Item>
          ))}
        </div>
      </Panel>
    </FormPage>
  );
}
