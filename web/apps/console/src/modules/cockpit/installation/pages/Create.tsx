import type { TenantCreate, TenantMade } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { ShownOnce } from "@cove/kit/feedback/ShownOnce";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { TimezoneSelect } from "../../../directory/org/embed/TimezoneSelect";
import { useCreateTenant } from "../api";
import styles from "./Detail.module.css";

const LIST = "/settings/tenants";
const NOTHING: TenantCreate = { name: "", slug: "", timezone: "Asia/Shanghai", administrator: "", email: "" };

export default function Create() {
  const { t } = useTranslation("installation");
  const create = useCreateTenant();
  const [made, setMade] = useState<TenantMade>();
  const kept = useKeptForm<TenantCreate>({
    name: "installation.new",
    initial: NOTHING,
    submit: async (values) => { setMade(await create.mutateAsync(values)); },
  });
  if (made) {
    return (
      <DetailDrawer parent={LIST} title={made.company.name} size={520}>
        <div className={styles.body}>
          <Panel>
            <ShownOnce title={t("madeTitle")} text={t("madeText")} secret={made.password} copyLabel={t("copyPassword")} />
          </Panel>
          <Panel><Facts rows={[{ label: t("email"), value: made.email }, { label: t("slug"), value: <code>{made.company.slug}</code> }]} /></Panel>
        </div>
      </DetailDrawer>
    );
  }
  const needed = [{ required: true, whitespace: true, message: t("needed") }];
  return (
    <FormDrawer<TenantCreate> title={t("create")} parent={LIST} kept={kept} submitLabel={t("create")} onDone={() => undefined}>
      <div>
        <Form.Item name="name" label={t("name")} rules={needed}><Input maxLength={60} autoFocus /></Form.Item>
        <Form.Item name="slug" label={t("slug")} extra={t("slugHint")} rules={needed}><Input maxLength={40} autoComplete="off" spellCheck={false} /></Form.Item>
        <Form.Item name="timezone" label={t("timezone")}><TimezoneSelect /></Form.Item>
        <Form.Item name="administrator" label={t("administrator")} rules={needed}><Input maxLength={60} autoComplete="off" /></Form.Item>
        <Form.Item name="email" label={t("email")} extra={t("emailHint")} rules={needed}><Input type="email" maxLength={254} autoComplete="off" /></Form.Item>
      </div>
    </FormDrawer>
  );
}
