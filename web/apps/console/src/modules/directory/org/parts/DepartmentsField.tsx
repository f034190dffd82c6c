import { useMay } from "@cove/api/session";
import { useQuery } from "@tanstack/react-query";
import { Form, TreeSelect } from "antd";
import { useTranslation } from "react-i18next";

import { treeQuery } from "../api/departments";
import { choicesOf } from "./tree";

/** The departments somebody new comes into, as `department_ids` of a form. */
export function DepartmentsField() {
  const { t } = useTranslation("org");
  const may = useMay()("org.see_members");
  const { data } = useQuery({ ...treeQuery, enabled: may });
  if (!may) return null;
  const choices = choicesOf(data?.items ?? []);
  return (
    <Form.Item name="department_ids" label={t("member.departments")} extra={t("invitations.departmentsText")}>
      <TreeSelect<number[]>
        multiple placeholder={t("department.choose")} showSearch={{ treeNodeFilterProp: "title" }} treeData={choices}
        treeDefaultExpandedKeys={choices.map((one) => one.value)}
      />
    </Form.Item>
  );
}
