import { CloudSyncOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Space } from "antd";
import { useTranslation } from "react-i18next";

import { DepartmentSelect } from "./DepartmentSelect";

interface MemberFieldsProps {
  /** WeCom keeps name and job title. */
  kept?: boolean;
  /** Departments that WeCom keeps: which of them is the main one is ours to say, the rest is not. */
  keptPlaces?: number[];
  /** Begin at the name. */
  autoFocus?: boolean;
}

function PlaceRow({ name, kept, remove }: { name: number; kept: boolean; remove: () => void }) {
  const { t } = useTranslation("org");
  const styling = { style: { marginBottom: 8 } };
  return (
    <Space align="baseline" wrap style={{ display: "flex" }}>
      <Form.Item name={[name, "department_id"]} rules={[{ required: true, message: t("department.choose") }]} {...styling}>
        <DepartmentSelect disabled={kept} />
      </Form.Item>
      <Form.Item name={[name, "main"]} valuePropName="checked" {...styling}><Checkbox>{t("member.main")}</Checkbox></Form.Item>
      <Form.Item name={[name, "leads"]} valuePropName="checked" {...styling}><Checkbox disabled={kept}>{t("member.leader")}</Checkbox></Form.Item>
      {kept
        ? <CloudSyncOutlined title={t("member.kept")} aria-label={t("member.kept")} />
        : <Button type="text" icon={<DeleteOutlined />} aria-label={t("member.removePlace")} onClick={remove} />}
    </Space>
  );
}

export function MemberFields({ kept = false, keptPlaces = [], autoFocus = false }: MemberFieldsProps) {
  const { t } = useTranslation("org");
  return (
    <>
      <Form.Item name="name" label={t("member.name")} extra={kept ? t("member.kept") : undefined} rules={[{ required: true, whitespace: true, message: t("member.nameNeeded") }]}>
        <Input maxLength={64} disabled={kept} autoFocus={autoFocus} />
      </Form.Item>
      <Form.Item name="email" label={t("member.email")} extra={t("member.emailHint")}>
        <Input type="email" maxLength={254} inputMode="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="phone" label={t("member.phone")}>
        <Input maxLength={32} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="job_title" label={t("member.jobTitle")}>
        <Input maxLength={64} disabled={kept} />
      </Form.Item>
      <Form.Item label={t("member.departments")}>
        <Form.List name="places">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <Form.Item key={field.key} noStyle shouldUpdate>
                  {({ getFieldValue }) => (
                    <PlaceRow name={field.name} kept={keptPlaces.includes(getFieldValue(["places", field.name, "department_id"]) as number)} remove={() => { remove(field.name); }} />
                  )}
                </Form.Item>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => { add({ main: fields.length === 0, leads: false }); }}>{t("member.addPlace")}</Button>
            </>
          )}
        </Form.List>
      </Form.Item>
    </>
  );
}
