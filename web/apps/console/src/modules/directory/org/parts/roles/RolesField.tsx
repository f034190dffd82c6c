import { useMay } from "@cove/api/session";
import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";

import { rolesQuery } from "../../api/roles";

/** The roles somebody new gets, as `role_ids` of a form; what one does not hold oneself is not offered. */
export function RolesField() {
  const { t } = useTranslation("org");
  const may = useMay()("org.see_roles");
  const { data } = useQuery({ ...rolesQuery, enabled: may });
  if (!may) return null;
  const givable = (data?.items ?? []).filter((role) => role.beyond.length === 0);
  return (
    <Form.Item name="role_ids" label={t("member.roles")} extra={t("invitations.rolesText")}>
      <Select mode="multiple" options={givable.map((role) => ({ value: role.id, label: role.name }))} showSearch={{ optionFilterProp: "label" }} placeholder={t("invitations.rolesHint")} />
    </Form.Item>
  );
}
