import type { Company, CompanyChange } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { LeaveGuard } from "@cove/kit/form/LeaveGuard";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { companyQuery, useChangeCompany } from "../../api/company";
import { TimezoneSelect } from "../../embed/TimezoneSelect";
import styles from "./Edit.module.css";

function Details({ company }: { company: Company }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const change = useChangeCompany();
  const kept = useKeptForm<CompanyChange>({
    name: "company",
    initial: { name: company.name, slug: company.slug, timezone: company.timezone },
    submit: (values) => change.mutateAsync(values),
  });
  const submit = async () => { if (await kept.send()) toast.done(t("company.saved")); };
  return (
    <div className={styles.page}>
      <Panel title={t("company.details")}>
        <Form<CompanyChange>
          form={kept.form} layout="vertical" requiredMark={false}
          initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
        >
          <FormNotices kept={kept} />
          <Form.Item name="name" label={t("company.name")} rules={[{ required: true, whitespace: true, message: t("company.nameNeeded") }]}>
            <Input maxLength={60} autoComplete="organization" />
          </Form.Item>
          <Form.Item name="slug" label={t("company.slug")} extra={t("company.slugHint")} rules={[{ required: true, message: t("company.slugNeeded") }]}>
            <Input maxLength={40} autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Form.Item name="timezone" label={t("company.timezone")} extra={t("company.timezoneHint")}>
            <TimezoneSelect />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={kept.busy}>{t("company.save")}</Button>
        </Form>
        <LeaveGuard active={kept.dirty && !kept.busy} drop={kept.drop} />
      </Panel>
      <Panel title={t("company.signIn")}>
        <p className={styles.text}>{t("company.signInText")}</p>
        <div className={styles.address}>
          <code>{company.sign_in_url}</code>
          <CopyText text={company.sign_in_url} label={t("company.copy")} showLabel />
        </div>
      </Panel>
    </div>
  );
}

export default function Edit() {
  const { t } = useTranslation("org");
  const { data, error, refetch } = useQuery(companyQuery);
  return (
    <PageShell title={t("company.title")} lead={t("company.lead")} width="narrow">
      {data ? <Details company={data} /> : error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />}
    </PageShell>
  );
}
