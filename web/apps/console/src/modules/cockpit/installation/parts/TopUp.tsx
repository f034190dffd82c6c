import type { CompanyCredits } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useTopUp } from "../api";
import styles from "./TenantCredits.module.css";

const MOST = 1_000_000_000_000;

// No randomUUID: an installation in a company's own network may be reached without TLS, where browsers have none.
const newKey = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

interface Values { amount: number | null; note: string }

/** Put credits in, or take some away. Pressed twice, or sent again after a lost answer, it is done once. */
export function TopUp({ tenant, account }: { tenant: number; account: CompanyCredits }) {
  const { t } = useTranslation("installation");
  const toast = useToast();
  const topUp = useTopUp(tenant, account.tariff);
  const [key, setKey] = useState(newKey);
  const kept = useKeptForm<Values>({
    name: `installation.top-up.${tenant.toString()}.${account.tariff}`,
    initial: { amount: null, note: "" },
    submit: ({ amount, note }) => topUp.mutateAsync({ amount: amount ?? 0, note, key }),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    setKey(newKey());
    kept.form.resetFields();
    toast.done(t("credits.toppedUp"));
  };
  return (
    <Form<Values> form={kept.form} layout="vertical" requiredMark={false} initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()} className={styles.topUp}>
      <FormNotices kept={kept} />
      <div className={styles.fields}>
        <Form.Item name="amount" label={t("credits.amount")} extra={t("credits.amountHelp")} rules={[{ required: true, message: t("needed") }]}>
          <InputNumber min={-MOST} max={MOST} precision={0} className={styles.number} />
        </Form.Item>
        <Form.Item name="note" label={t("credits.note")}><Input maxLength={200} autoComplete="off" /></Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={kept.busy}>{t("credits.topUp")}</Button>
    </Form>
  );
}
