import type { CompanyCredits, CreditTerms } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { creditsQuery, useSetCredits } from "../api";
import styles from "./TenantCredits.module.css";
import { TopUp } from "./TopUp";

const MOST = 1_000_000_000_000;

function Terms({ tenant, account }: { tenant: number; account: CompanyCredits }) {
  const { t } = useTranslation("installation");
  const toast = useToast();
  const change = useSetCredits(tenant, account.tariff);
  const kept = useKeptForm<CreditTerms>({
    name: `installation.credits.${tenant.toString()}.${account.tariff}`,
    initial: { opened: account.opened, warn_below: account.warn_below, most_a_day: account.most_a_day },
    submit: (values) => change.mutateAsync(values),
  });
  const submit = async () => { if (await kept.send()) toast.done(t("saved")); };
  return (
    <Form<CreditTerms> form={kept.form} layout="vertical" requiredMark={false} initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
      <FormNotices kept={kept} />
      <Form.Item name="opened" label={t("credits.opened")} extra={t("credits.openedHelp")} valuePropName="checked"><Switch /></Form.Item>
      <div className={styles.fields}>
        <Form.Item name="warn_below" label={t("credits.warnBelow")}><InputNumber min={0} max={MOST} precision={0} className={styles.number} /></Form.Item>
        <Form.Item name="most_a_day" label={t("credits.mostADay")}><InputNumber min={0} max={MOST} precision={0} className={styles.number} placeholder={t("credits.noLimit")} /></Form.Item>
      </div>
      <Button htmlType="submit" loading={kept.busy} disabled={!kept.dirty}>{t("save")}</Button>
    </Form>
  );
}

function Account({ tenant, account }: { tenant: number; account: CompanyCredits }) {
  const { t } = useTranslation("installation");
  const { language } = useRegion();
  const left = account.opened ? t("credits.left", { left: exactNumber(account.left, language), unit: account.unit }) : t("credits.unlimited");
  return (
    <Panel title={t("credits.title", { name: account.label })} extra={<span className={styles.left}>{left}</span>}>
      {account.opened && <TopUp tenant={tenant} account={account} />}
      <Terms tenant={tenant} account={account} />
    </Panel>
  );
}

/** What a company may send: its terms, and putting in more. */
export function TenantCredits({ tenant }: { tenant: number }) {
  const { data, error, refetch } = useQuery(creditsQuery(tenant));
  if (!data) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  return data.map((account) => <Account key={account.tariff} tenant={tenant} account={account} />);
}
