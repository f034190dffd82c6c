import type { Named } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { memberChoicesQuery } from "../api/members";
import styles from "./MemberPicker.module.css";

interface MemberPickerProps {
  value: number | undefined;
  onChange: (member: Named | undefined) => void;
  placeholder?: string;
  /** The member chosen already, so that the name shows before the list has come. */
  chosen?: Named;
  /** Members that are not offered. */
  except?: number[];
  allowClear?: boolean;
  minWidth?: number;
  /** Members need a WeCom account to be behind a code. */
  needsWecom?: boolean;
}

export function MemberPicker({ value, onChange, placeholder, chosen, except = [], allowClear = false, minWidth = 132, needsWecom = false }: MemberPickerProps) {
  const { t } = useTranslation("org");
  const [search, setSearch] = useState("");
  const { data, isFetching } = useQuery(memberChoicesQuery(search));
  const members = (data?.items ?? []).filter((member) => !except.includes(member.id) && (member.active || member.id === value));
  const options = members.map((member) => ({
    value: member.id,
    label: member.name,
    hint: needsWecom && !member.wecom_userid ? t("picker.noWecom") : member.departments.join(" / "),
    disabled: needsWecom && !member.wecom_userid,
  }));
  if (chosen && value === chosen.id && !options.some((option) => option.value === value)) {
    options.unshift({ value: chosen.id, label: chosen.name, hint: "", disabled: false });
  }
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setSearch }}
      aria-label={placeholder ?? t("picker.member")}
      placeholder={placeholder ?? t("picker.member")}
      allowClear={allowClear}
      value={options.some((option) => option.value === value) ? value : undefined}
      loading={isFetching}
      options={options}
      popupMatchSelectWidth={240}
      style={{ minWidth }}
      notFoundContent={isFetching ? t("picker.searching") : t("picker.nobody")}
      onChange={(id: number | undefined) => { onChange(id === undefined ? undefined : { id, name: options.find((option) => option.value === id)?.label ?? "" }); }}
      optionRender={({ data: option }) => (
        <span className={styles.option}>
          <PersonMark name={option.label} />
          <span>{option.label}</span>
          <span className={styles.hint}>{option.hint}</span>
        </span>
      )}
    />
  );
}
