import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { codeChoicesQuery } from "../api";

interface CodeFilterProps {
  value: number | undefined;
  change: (id: number | undefined) => void;
}

export default function CodeFilter({ value, change }: CodeFilterProps) {
  const { t } = useTranslation("live_codes");
  const { data } = useQuery(codeChoicesQuery);
  return (
    <Select
      aria-label={t("name")} placeholder={t("name")} allowClear
      showSearch={{ optionFilterProp: "label" }} popupMatchSelectWidth={240} style={{ minWidth: 112 }}
      value={data ? value : undefined}
      options={(data?.items ?? []).map((code) => ({ value: code.id, label: code.name }))}
      onChange={(id: number | undefined) => { change(id); }}
    />
  );
}
