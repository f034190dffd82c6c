import type { Purpose, PurposeChange } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Time } from "@cove/kit/region/Time";
import { Form, Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useSavePurpose } from "../api";
import styles from "./privacy.module.css";

const PAGE = "/settings/privacy";
const NOTHING: PurposeChange = { name: "", name_en: "", text: "", text_en: "", opt_in: true, active: true };

function valuesOf(purpose: Purpose): PurposeChange {
  const { name, name_en, opt_in, active, texts } = purpose;
  return { name, name_en, opt_in, active, text: texts[0]?.text ?? "", text_en: texts[0]?.text_en ?? "" };
}

function Versions({ purpose }: { purpose: Purpose }) {
  const { t } = useTranslation("privacy");
  return (
    <section>
      <h3 className={styles.small}>{t("purpose.versions")}</h3>
      {purpose.texts.map((one) => (
        <div key={one.version} className={styles.version}>
          <span className={styles.aside}>{t("purpose.version", { version: one.version })} · <Time at={one.at} /></span>
          <p>{one.text}</p>
        </div>
      ))}
    </section>
  );
}

export function PurposeForm({ title, purpose }: { title: string; purpose?: Purpose }) {
  const { t } = useTranslation("privacy");
  const navigate = useNavigate();
  const toast = useToast();
  const save = useSavePurpose(purpose?.id);
  const kept = useKeptForm<PurposeChange>({
    name: `privacy.purpose.${purpose?.id.toString() ?? "new"}`,
    initial: purpose ? valuesOf(purpose) : NOTHING,
    submit: (values) => save.mutateAsync(values),
  });
  const done = () => {
    toast.done(t("saved"));
    void navigate(PAGE);
  };
  return (
    <FormDrawer<PurposeChange> title={title} parent={PAGE} kept={kept} submitLabel={t("save")} onDone={done}>
      <div>
        <Form.Item name="name" label={t("purpose.name")} rules={[{ required: true, whitespace: true, message: t("purpose.nameNeeded") }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="name_en" label={t("purpose.nameEn")}><Input maxLength={60} /></Form.Item>
        <Form.Item
          name="text" label={t("purpose.text")} extra={t("purpose.textHint")}
          rules={[{ required: true, whitespace: true, message: t("purpose.textNeeded") }]}
        >
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="text_en" label={t("purpose.textEn")}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="opt_in" label={t("purpose.optIn")} extra={t("purpose.optInHint")} valuePropName="checked" required><Switch /></Form.Item>
        {purpose && (
          <Form.Item name="active" label={t("purpose.active")} extra={t("purpose.activeHint")} valuePropName="checked" required><Switch /></Form.Item>
        )}
      </div>
      {purpose && <Versions purpose={purpose} />}
    </FormDrawer>
  );
}
