import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { webhookKindsQuery } from "../api/webhooks";

const LONGEST = 2000;

/** What a webhook is told and where. */
export function WebhookFields() {
  const { t } = useTranslation("channels");
  const { data, isPending } = useQuery(webhookKindsQuery);
  const owners = [...new Set(data?.items.map((one) => one.owner) ?? [])];
  const options = owners.map((owner) => {
    const kinds = data?.items.filter((one) => one.owner === owner) ?? [];
    return { label: kinds[0]?.owner_label ?? owner, title: owner, options: kinds.map((one) => ({ value: one.key, label: one.label })) };
  });
  return (
    <div>
      <Form.Item name="name" label={t("webhooks.name")} rules={[{ required: true, whitespace: true, message: t("webhooks.nameNeeded") }]}>
        <Input maxLength={80} placeholder={t("webhooks.nameHint")} />
      </Form.Item>
      <Form.Item name="url" label={t("webhooks.url")} extra={t("webhooks.urlHelp")} rules={[{ required: true, whitespace: true, message: t("webhooks.urlNeeded") }]}>
        <Input maxLength={LONGEST} placeholder="https://" inputMode="url" />
      </Form.Item>
      <Form.Item name="kinds" label={t("webhooks.kinds")} rules={[{ required: true, message: t("webhooks.kindsNeeded") }]}>
        <Select mode="multiple" loading={isPending} options={options} showSearch={{ optionFilterProp: "label" }} allowClear maxTagCount={12} />
      </Form.Item>
      <Form.Item name="whole" label={t("webhooks.whole")} extra={t("webhooks.wholeHelp")} valuePropName="checked" required>
        <Switch />
      </Form.Item>
    </div>
  );
}
