import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Space } from "antd";
import { useTranslation } from "react-i18next";

import { DepartmentSelect } from "./DepartmentSelect";

interface MemberFieldsProps {
  /** WeCom keeps name and job title. */
  kept?: boolean;
}

export function MemberFields({ kept = false }: MemberFieldsProps) {
  const { t } = useTranslation("org");
  return (
    <>
      <Form.Item name="name" label={t("member.name")} extra={kept ? t("member.kept") : undefined} rules={[{ required: true, whitespace: true, message: t("member.nameNeeded") }]}>
        <Input maxLength={64} disabled={kept} autoFocus={!kept} />
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
                <Space key={field.key} align="baseline" wrap>
                  <Form.Item name={[field.name, "department_id"]} rules={[{ required: true, message: t("department.choose") }]} style={{ marginBottom: 8 }}>
                    <DepartmentSelect />
                  </Form.Item>
                  <Form.Item name={[field.name, "main"]} valuePropName="checked" style={{ marginBottom: 8 }}><Checkbox>{t("member.main")}</Checkbox></Form.Item>
                  <Form.Item name={[field.name, "leads"]} valuePropName="checked" style={{ marginBottom: 8 }}><Checkbox>{t("member.leader")}</Checkbox></Form.Item>
                  <Button type="text" icon={<DeleteOutlined />} aria-label={t("member.removePlace")} onClick={() => { remove(field.name); }} />
                </Space>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => { add({ main: fields.length === 0, leads: false }); }}>{t("member.addPlace")}</Button>
            </>
          )}
        </Form.List>
      </Form.Item>
    </>
  );
}
