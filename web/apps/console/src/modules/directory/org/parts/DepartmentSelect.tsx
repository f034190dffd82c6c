import { useQuery } from "@tanstack/react-query";
import { TreeSelect } from "antd";
import { useTranslation } from "react-i18next";

import { treeQuery } from "../api/departments";
import { twigsOf, type Twig } from "./tree";

interface Choice {
  value: number;
  title: string;
  disabled: boolean;
  children: Choice[];
}

interface DepartmentSelectProps {
  value?: number;
  onChange?: (id: number | undefined) => void;
  /** Departments that cannot be chosen. */
  except?: Set<number>;
  /** Offer the place above all departments, as 0. */
  top?: boolean;
  label?: string;
}

export function DepartmentSelect({ value, onChange, except = new Set(), top = false, label }: DepartmentSelectProps) {
  const { t } = useTranslation("org");
  const { data } = useQuery(treeQuery);
  const choice = ({ department, children }: Twig): Choice => ({
    value: department.id, title: department.name, disabled: except.has(department.id), children: children.map(choice),
  });
  const choices = twigsOf(data?.items ?? []).map(choice);
  return (
    <TreeSelect<number | undefined>
      aria-label={label ?? t("department.choose")}
      placeholder={label ?? t("department.choose")}
      showSearch={{ treeNodeFilterProp: "title" }}
      allowClear
      value={value}
      onChange={onChange}
      treeData={top ? [{ value: 0, title: t("department.top"), disabled: false, children: [] }, ...choices] : choices}
      treeDefaultExpandedKeys={choices.map((one) => one.value)}
      style={{ width: "100%", minWidth: 180 }}
    />
  );
}
