import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

/** What may be changed of a source at any time. Only browsers say which page they come from. */
export function SourceFields({ origins }: { origins: boolean }) {
  const { t } = useTranslation("tracking");
  return (
    <>
      <Form.Item name="name" label={t("name")} rules={[{ required: true, whitespace: true, message: t("nameNeeded") }]}>
        <Input placeholder={t("nameHint")} maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="allowed_origins" label={t("origins")} extra={t("originsHint")} hidden={!origins}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", " ", "，", "\n"]} placeholder="https://" />
      </Form.Item>
    </>
  );
}
