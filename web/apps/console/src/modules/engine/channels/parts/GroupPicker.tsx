import type { Named } from "@cove/api/types";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useGroups } from "../api";

interface GroupPickerProps {
  value?: Named[];
  onChange?: (groups: Named[]) => void;
  most: number;
}

/** Up to `most` customer groups. */
export function GroupPicker({ value = [], onChange, most }: GroupPickerProps) {
  const { t } = useTranslation("channels");
  const [search, setSearch] = useState("");
  const { rows, loading } = useGroups({ search });
  const offered = rows.map((row) => ({ value: row.id, label: row.name || t("groups.unnamed") }));
  const missing = value.filter((one) => !offered.some((other) => other.value === one.id)).map((one) => ({ value: one.id, label: one.name || t("groups.unnamed") }));
  const all = [...missing, ...offered];
  return (
    <Select<number[]>
      mode="multiple" maxCount={most} style={{ width: "100%" }} aria-label={t("tools.groups")} placeholder={t("tools.chooseGroups")}
      value={value.map((one) => one.id)} options={all} loading={loading}
      showSearch={{ filterOption: false, onSearch: setSearch }} notFoundContent={loading ? " " : t("groups.empty")}
      onChange={(ids) => { onChange?.(ids.map((id) => ({ id, name: all.find((one) => one.value === id)?.label ?? "" }))); }}
    />
  );
}
