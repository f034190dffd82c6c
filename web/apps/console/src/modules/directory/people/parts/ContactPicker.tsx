import { PersonMark } from "@cove/kit/brand/PersonMark";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { contactChoicesQuery } from "../api";
import styles from "./ContactPicker.module.css";

/** Find one contact by name, company or phone. */
export function ContactPicker({ except, focused = true, onChange }: { except: number; focused?: boolean; onChange: (id: number) => void }) {
  const { t } = useTranslation("people");
  const [search, setSearch] = useState("");
  const { data, isFetching } = useQuery(contactChoicesQuery(search));
  const found = (data?.items ?? []).filter((contact) => contact.id !== except);
  const options = found.map((contact) => ({
    value: contact.id,
    label: contact.name,
    hint: [contact.company_name, contact.source.label].filter(Boolean).join(" · "),
    picture: contact.avatar_url,
  }));
  return (
    <Select
      autoFocus={focused}
      className={styles.picker}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      aria-label={t("merge.picker")}
      placeholder={t("merge.picker")}
      loading={isFetching}
      options={options}
      notFoundContent={isFetching ? t("merge.searching") : t("merge.nobody")}
      onChange={(id: number) => { onChange(id); }}
      optionRender={({ data: option }) => (
        <span className={styles.option}>
          <PersonMark name={option.label} picture={option.picture} />
          <span className={styles.name}>{option.label}</span>
          <span className={styles.hint}>{option.hint}</span>
        </span>
      )}
    />
  );
}
