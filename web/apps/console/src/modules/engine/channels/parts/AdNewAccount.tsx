import type { AdAccounts, AdPlatform, NewAdAccount } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { fieldFaults } from "@cove/kit/form/fieldErrors";
import { Button, Drawer, Form, Select } from "antd";
import { useTranslation } from "react-i18next";

import { useAddAdAccount } from "../api/ads";
import { AdAccountForm } from "./AdAccountForm";

interface AdNewAccountProps {
  platforms: AdAccounts["platforms"];
  close: () => void;
}

/** Adding an account. */
export function AdNewAccount({ platforms, close }: AdNewAccountProps) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const [form] = Form.useForm<NewAdAccount>();
  const platform = Form.useWatch((values) => values.platform, { form, preserve: true }) as AdPlatform | undefined;
  const add = useAddAdAccount();
  const submit = () => {
    add.mutate(form.getFieldsValue(true) as NewAdAccount, {
      onSuccess: () => { toast.done(t("ads.added")); close(); },
      onError: (error) => { form.setFields(fieldFaults(error) as unknown as Parameters<typeof form.setFields>[0]); },
    });
  };
  const footer = <Button type="primary" loading={add.isPending} onClick={() => { form.submit(); }}>{t("ads.add")}</Button>;
  return (
    <Drawer open size="min(560px, 100vw)" title={t("ads.add")} onClose={close} footer={footer}>
      <Form<NewAdAccount> form={form} layout="vertical" requiredMark={false} initialValues={{ platform: "ocean", base_url: "" }} onFinish={submit}>
        {add.error && <ErrorNotice error={add.error} />}
        <Form.Item name="platform" label={t("ads.platform")}><Select options={platforms.map((one) => ({ value: one.key, label: one.label }))} /></Form.Item>
        <AdAccountForm platform={platform ?? "ocean"} isSet={{ token: false, secret: false }} />
      </Form>
    </Drawer>
  );
}
