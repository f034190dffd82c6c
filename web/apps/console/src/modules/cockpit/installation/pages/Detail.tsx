import type { TenantDetail, TenantRename } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { tenantQuery, useRenameTenant, useSuspendTenant } from "../api";
import { TenantCredits } from "../parts/TenantCredits";
import { TenantState } from "../parts/TenantState";
import styles from "./Detail.module.css";

function Rename({ tenant }: { tenant: TenantDetail }) {
  const { t } = useTranslation("installation");
  const toast = useToast();
  const rename = useRenameTenant(tenant.id);
  const kept = useKeptForm<TenantRename>({
    name: `installation.${tenant.id.toString()}`,
    initial: { name: tenant.name, slug: tenant.slug },
    submit: (values) => rename.mutateAsync(values),
  });
  const submit = async () => { if (await kept.send()) toast.done(t("saved")); };
  return (
    <Panel title={t("rename")}>
      <Form<TenantRename> form={kept.form} layout="vertical" requiredMark={false} initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="name" label={t("name")} rules={[{ required: true, whitespace: true, message: t("needed") }]}><Input maxLength={60} /></Form.Item>
        <Form.Item name="slug" label={t("slug")} extra={t("slugHint")} rules={[{ required: true, message: t("needed") }]}><Input maxLength={40} spellCheck={false} /></Form.Item>
        <Button htmlType="submit" loading={kept.busy}>{t("save")}</Button>
      </Form>
    </Panel>
  );
}

function Suspend({ tenant }: { tenant: TenantDetail }) {
  const { t } = useTranslation("installation");
  const { modal } = App.useApp();
  const toast = useToast();
  const suspend = useSuspendTenant(tenant.id);
  const resume = () => { suspend.mutate(false, { onSuccess: () => { toast.done(t("resumed", { name: tenant.name })); }, onError: toast.failed }); };
  const ask = () => {
    modal.confirm({
      title: t("suspendTitle", { name: tenant.name }),
      content: t("suspendText", { count: tenant.members }),
      okText: t("suspend"),
      okButtonProps: { danger: true },
      onOk: () => suspend.mutateAsync(true).then(() => { toast.undoable(t("suspendedNow", { name: tenant.name }), resume); }, toast.failed),
    });
  };
  if (tenant.suspended_at) return <div><Button type="primary" loading={suspend.isPending} onClick={resume}>{t("resume")}</Button></div>;
  return <div><Button danger onClick={ask}>{t("suspend")}</Button></div>;
}

export default function Detail() {
  const { t } = useTranslation("installation");
  const { data, error, refetch } = useQuery(tenantQuery(Number(useParams().id)));
  return (
    <DetailDrawer parent="/settings/tenants" title={data?.name ?? t("title")} size={560}>
      <div className={styles.body}>
        {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
        {data && (
          <>
            <Panel>
              <Facts
                rows={[
                  { label: t("state"), value: <TenantState tenant={data} /> },
                  { label: t("signIn"), value: <><code>{data.sign_in_url}</code> <CopyText text={data.sign_in_url} label={t("copyLink")} /></> },
                  { label: t("members"), value: data.members.toString() },
                  { label: t("contacts"), value: `${data.contacts.toString()}${data.contacts_exact ? "" : "+"}` },
                  { label: t("timezone"), value: data.timezone },
                  { label: t("lastActive"), value: data.last_active_at ? <Time at={data.last_active_at} /> : t("never") },
                  { label: t("created"), value: <Time at={data.created_at} /> },
                ]}
              />
            </Panel>
            <Rename key={data.id} tenant={data} />
            <TenantCredits tenant={data.id} />
            {!data.own && <Suspend tenant={data} />}
          </>
        )}
      </div>
    </DetailDrawer>
  );
}
