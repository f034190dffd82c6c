import type { SignInPolicy } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Alert, Button, Form, InputNumber, Radio } from "antd";
import { useTranslation } from "react-i18next";

import { useChangePolicy } from "../../api/account";
import { showFaults } from "../entry/showFaults";

type Values = Pick<SignInPolicy, "second_factor" | "idle_days" | "session_days">;
const WHO = ["nobody", "administrators", "everybody"] as const;

/** What the company asks of sign-in; it says whom a stricter rule concerns before it is saved. */
export function PolicyPanel({ policy }: { policy: SignInPolicy }) {
  const { t } = useTranslation("org");
  const [form] = Form.useForm<Values>();
  const toast = useToast();
  const change = useChangePolicy();
  const who = (Form.useWatch("second_factor", form) as Values["second_factor"] | undefined) ?? policy.second_factor;
  const count = { nobody: 0, administrators: policy.administrators_without, everybody: policy.members_without }[who];
  const submit = (values: Values) => {
    change.mutate(values, {
      onSuccess: () => { toast.done(t("security.saved")); },
      onError: (error) => { showFaults(form, error); },
    });
  };
  const days = (most: number) => <InputNumber min={1} max={most} precision={0} suffix={t("security.days")} style={{ width: 160 }} />;
  return (
    <Panel title={t("security.signIn")}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={policy} onFinish={submit}>
        {change.error && <ErrorNotice error={change.error} />}
        <Form.Item name="second_factor" label={t("security.factor")} extra={t("security.factorText")}>
          <Radio.Group options={WHO.map((value) => ({ value, label: t(`security.who.${value}`) }))} />
        </Form.Item>
        {count > 0 && <Form.Item><Alert type="info" showIcon title={t("security.concerns", { count })} /></Form.Item>}
        <Form.Item name="session_days" label={t("security.sessionDays")} extra={t("security.sessionText")} rules={[{ required: true, message: t("security.daysNeeded") }]}>{days(180)}</Form.Item>
        <Form.Item name="idle_days" label={t("security.idleDays")} extra={t("security.idleText")} rules={[{ required: true, message: t("security.daysNeeded") }]}>{days(90)}</Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>{t("account.save")}</Button>
      </Form>
    </Panel>
  );
}
