import type { Role, RoleBody } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { LeaveGuard } from "@cove/kit/form/LeaveGuard";
import type { KeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { rightsCatalogueQuery } from "../../api/roles";
import { Effect } from "./Effect";
import styles from "./RoleForm.module.css";
import { RightsMatrix } from "./RightsMatrix";

interface RoleFormProps {
  kept: KeptForm<RoleBody>;
  role?: Role;
  mayChange: boolean;
  submitLabel: string;
  onDone: () => void;
  children?: ReactNode;
}

/** A role's name, its rights and the fields it reveals; says what a change will affect before it is saved. */
export function RoleForm({ kept, role, mayChange, submitLabel, onDone, children }: RoleFormProps) {
  const { t } = useTranslation("org");
  const { data: catalogue, error, refetch } = useQuery(rightsCatalogueQuery);
  const rights = Form.useWatch("rights", { form: kept.form, preserve: true });
  if (!catalogue) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  const locked = !mayChange || role?.everything === true;
  const submit = async () => { if (await kept.send()) onDone(); };
  return (
    <Form<RoleBody>
      form={kept.form} layout="vertical" requiredMark="optional" disabled={!mayChange}
      initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
    >
      <div className={styles.page}>
        <FormNotices kept={kept} />
        {role?.everything && <Alert type="info" showIcon title={t("roles.everything")} />}
        {role && role.beyond.length > 0 && <Alert type="warning" showIcon title={t("roles.beyond", { names: role.beyond.join(t("handOver.and")) })} />}
        <Panel title={t("roles.about")}>
          <div className={styles.about}>
            <Form.Item name="name" className={styles.field} label={t("roles.name")} rules={[{ required: true, whitespace: true, message: t("roles.nameNeeded") }]}>
              <Input maxLength={40} placeholder={t("roles.nameHint")} />
            </Form.Item>
            <Form.Item name="description" className={styles.field} label={t("roles.description")}>
              <Input maxLength={200} placeholder={t("roles.descriptionHint")} />
            </Form.Item>
          </div>
        </Panel>
        {children}
        <Form.Item name="rights" noStyle>
          <RightsMatrix catalogue={catalogue} everything={role?.everything} locked={locked} />
        </Form.Item>
        <Panel title={t("roles.fields")}>
          <p className={styles.hint}>{t("roles.fieldsHint")}</p>
          <Form.Item name="revealed" noStyle>
            <Checkbox.Group disabled={locked} options={catalogue.fields.map((field) => ({ value: field.key, label: field.label }))} />
          </Form.Item>
        </Panel>
        {mayChange && (
          <div className={styles.footer}>
            <Button type="primary" htmlType="submit" loading={kept.busy}>{submitLabel}</Button>
            {role && !role.everything && kept.dirty && <Effect role={role} rights={rights} catalogue={catalogue} />}
          </div>
        )}
      </div>
      <LeaveGuard active={kept.dirty && !kept.busy} drop={kept.drop} />
    </Form>
  );
}
