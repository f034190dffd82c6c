import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { tagsQuery } from "../api";

export function TagFilter({ value, change }: { value: number | undefined; change: (id: number | undefined) => void }) {
  const { t } = useTranslation("people");
  const { data } = useQuery(tagsQuery);
  const options = (data?.groups ?? []).map((group) => ({
    label: group.name,
    options: group.tags.map((tag) => ({ value: tag.id, label: tag.name })),
  }));
  return (
    <Select
      aria-label={t("filter.tag")} placeholder={t("filter.tag")} allowClear
      showSearch={{ optionFilterProp: "label" }} popupMatchSelectWidth={220} style={{ minWidth: 112 }}
      value={data ? value : undefined} options={options}
      onChange={(id: number | undefined) => { change(id); }}
    />
  );
}
