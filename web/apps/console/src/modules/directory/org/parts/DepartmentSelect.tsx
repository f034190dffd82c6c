import { useQuery } from "@tanstack/react-query";
import { TreeSelect } from "antd";
import { useTranslation } from "react-i18next";

import { treeQuery } from "../api/departments";
import { choicesOf } from "./tree";

interface DepartmentSelectProps {
  value?: number;
  onChange?: (id: number | undefined) => void;
  /** Departments that cannot be chosen. */
  except?: Set<number>;
  /** Offer the place above all departments, as 0. */
  top?: boolean;
  label?: string;
  disabled?: boolean;
}

export function DepartmentSelect({ value, onChange, except = new Set(), top = false, label, disabled }: DepartmentSelectProps) {
  const { t } = useTranslation("org");
  const { data } = useQuery(treeQuery);
  const choices = choicesOf(data?.items ?? [], except);
  return (
    <TreeSelect<number | undefined>
      aria-label={label ?? t("department.choose")}
      placeholder={label ?? t("department.choose")}
      showSearch={{ treeNodeFilterProp: "title" }}
      allowClear
      disabled={disabled}
      value={value}
      onChange={onChange}
      treeData={top ? [{ value: 0, title: t("department.top"), disabled: false, children: [] }, ...choices] : choices}
      treeDefaultExpandedKeys={choices.map((one) => one.value)}
      style={{ width: "100%", minWidth: 180 }}
    />
  );
}
