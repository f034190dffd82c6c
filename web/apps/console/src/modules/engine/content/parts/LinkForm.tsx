import { FormPage } from "@cove/kit/form/FormPage";
import type { KeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";

import styles from "./LinkForm.module.css";
import { isAddress, UTM, type LinkValues } from "./values";

interface LinkFormProps {
  title: string;
  back: string;
  submitLabel: string;
  kept: KeptForm<LinkValues>;
  onDone: () => void;
}

const LONGEST = 2000;

export function LinkForm(page: LinkFormProps) {
  const { t } = useTranslation("content");
  const address = (_: unknown, text: string | undefined) =>
    isAddress(text ?? "") ? Promise.resolve() : Promise.reject(new Error(t("form.targetNeeded")));
  return (
    <FormPage<LinkValues> {...page}>
      <Panel title={t("form.basics")}>
        <Form.Item name="target" label={t("field.target")} required rules={[{ validator: address, validateTrigger: "onBlur" }]} validateTrigger="onBlur">
          <Input maxLength={LONGEST} placeholder="https://" inputMode="url" />
        </Form.Item>
        <Form.Item name="name" label={t("field.name")} rules={[{ required: true, whitespace: true, message: t("form.nameNeeded") }]}>
          <Input maxLength={60} placeholder={t("form.nameHint")} />
        </Form.Item>
        <Form.Item
          name="until" label={t("field.until")} extra={t("form.untilHelp")} className={styles.last}
          getValueProps={(day: string | null) => ({ value: day ? dayjs(day) : null })}
          normalize={(day: Dayjs | null) => day?.format("YYYY-MM-DD") ?? null}
        >
          <DatePicker placeholder={t("forEver")} disabledDate={(day) => day.isBefore(dayjs(), "day")} />
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
