import { useMay } from "@cove/api/session";
import type { Named } from "@cove/api/types";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState, type Ref } from "react";
import type { RefSelectProps } from "antd/es/select";
import { useTranslation } from "react-i18next";

import { tagsQuery } from "../api";
import { NewTag } from "../parts/NewTag";

interface TagPickerProps {
  id?: string;
  value?: number[];
  onChange?: (ids: number[]) => void;
  /** Tags that are not offered because they are there already. */
  except?: number[];
  /** Names of what is chosen, so that they show before all tags have come. */
  known?: Named[];
  placeholder?: string;
  focusRef?: Ref<RefSelectProps>;
}

/** Choose tags by group; one that does not exist yet is made on the spot. */
export function TagPicker({ id, value = [], onChange, except = [], known = [], placeholder, focusRef }: TagPickerProps) {
  const { t } = useTranslation("people");
  const may = useMay();
  const { data, isPending } = useQuery(tagsQuery);
  const [search, setSearch] = useState("");
  const groups = data?.groups ?? [];
  const all = groups.flatMap((group) => group.tags);
  const options = groups.map((group) => ({
    label: group.name,
    options: group.tags.filter((tag) => !except.includes(tag.id)).map((tag) => ({ value: tag.id, label: tag.name })),
  }));
  const missing = known.filter((tag) => value.includes(tag.id) && !all.some((each) => each.id === tag.id));
  if (missing.length > 0) options.push({ label: "", options: missing.map((tag) => ({ value: tag.id, label: tag.name })) });
  const name = search.trim();
  const isNew = name !== "" && !all.some((tag) => tag.name === name);
  return (
    <Select<number[]>
      id={id} ref={focusRef} mode="multiple" style={{ width: "100%" }}
      aria-label={placeholder ?? t("tags.choose")} placeholder={placeholder ?? t("tags.choose")}
      value={value} options={options} loading={isPending}
      showSearch={{ searchValue: search, onSearch: setSearch, optionFilterProp: "label" }}
      onChange={(ids) => { setSearch(""); onChange?.(ids); }}
      notFoundContent={t("tags.none")}
      popupRender={(menu) => (
        <>
          {menu}
          {isNew && may("people.manage_tags") && (
            <NewTag name={name} groups={groups} onMade={(tag) => { setSearch(""); onChange?.([...value, tag.id]); }} />
          )}
        </>
      )}
    />
  );
}
