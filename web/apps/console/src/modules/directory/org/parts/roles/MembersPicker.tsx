import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { memberChoicesQuery } from "../../api/members";

interface MembersPickerProps {
  value: number[];
  onChange: (ids: number[]) => void;
  except: number[];
}

/** Choose several members, by name. */
export function MembersPicker({ value, onChange, except }: MembersPickerProps) {
  const { t } = useTranslation("org");
  const [search, setSearch] = useState("");
  const { data, isFetching } = useQuery(memberChoicesQuery(search));
  const [names, setNames] = useState<Record<number, string>>({});
  const offered = (data?.items ?? []).filter((member) => member.active && !except.includes(member.id));
  const known = value.filter((id) => !offered.some((member) => member.id === id)).map((id) => ({ value: id, label: names[id] ?? id.toString() }));
  return (
    <Select<number[]>
      mode="multiple" style={{ flex: 1, minWidth: 0 }} aria-label={t("roles.choose")} placeholder={t("roles.choose")}
      value={value} loading={isFetching} showSearch={{ filterOption: false, onSearch: setSearch }}
      options={[...known, ...offered.map((member) => ({ value: member.id, label: member.name }))]}
      notFoundContent={isFetching ? t("picker.searching") : t("picker.nobody")}
      onChange={(ids) => {
        setNames({ ...names, ...Object.fromEntries(offered.map((member) => [member.id, member.name])) });
        onChange(ids);
      }}
    />
  );
}
