import type { Account } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { useChangeProfile } from "../../api/account";
import { showFaults } from "../entry/showFaults";
import styles from "./account.module.css";

interface Profile {
  name: string;
  locale: "zh-CN" | "en" | "";
}

export function ProfilePanel({ account }: { account: Account }) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<Profile>();
  const toast = useToast();
  const change = useChangeProfile();
  const submit = ({ name, locale }: Profile) => {
    change.mutate({ name, locale: locale || null }, {
      onSuccess: () => { toast.done(t("account.saved")); },
      onError: (error) => { showFaults(form, error); },
    });
  };
  const languages = [{ value: "", label: t("account.asBrowser") }, { value: "zh-CN", label: "简体中文" }, { value: "en", label: "English" }];
  return (
    <Panel title={t("account.tab.profile")}>
      <Form<Profile> form={form} layout="vertical" requiredMark={false} className={styles.form} initialValues={{ name: account.name, locale: account.locale ?? "" }} onFinish={submit}>
        {change.error && <ErrorNotice error={change.error} />}
        <Form.Item name="name" label={t("account.name")} rules={[{ required: true, whitespace: true, message: t("account.nameNeeded") }]}>
          <Input autoComplete="name" maxLength={64} />
        </Form.Item>
        <Form.Item label={t("signIn.email")}><Input value={account.email ?? "—"} readOnly aria-label={t("signIn.email")} /></Form.Item>
        <Form.Item name="locale" label={t("account.language")}><Select options={languages} /></Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>{t("account.save")}</Button>
      </Form>
    </Panel>
  );
}
