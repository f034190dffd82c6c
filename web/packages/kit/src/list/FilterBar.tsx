import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useHotkey } from "../page/useHotkey";
import styles from "./FilterBar.module.css";
import type { FilterField } from "./filters";
import type { UrlState } from "./useUrlState";

const PAUSE = 300;

interface FilterBarProps {
  /** What the search looks at; no search field when left out. */
  search?: string;
  fields: FilterField[];
  state: UrlState;
  change: (values: UrlState) => void;
  extra?: ReactNode;
}

function SearchField({ hint, value, change }: { hint: string; value: string; change: (value: string) => void }) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const field = useRef<InputRef>(null);
  useHotkey("/", () => { field.current?.focus(); });
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => { change(text.trim()); }, PAUSE);
    return () => { clearTimeout(timer); };
  }, [text, value, change]);
  return (
    <Input
      ref={field}
      className={styles.search}
      prefix={<SearchOutlined aria-hidden />}
      placeholder={hint}
      aria-label={hint}
      allowClear
      value={text}
      onChange={(event) => { setText(event.target.value); }}
      onPressEnter={() => { change(text.trim()); }}
      onKeyDown={(event) => { if (event.key === "Escape") field.current?.blur(); }}
    />
  );
}

/** One bar with the search and the quick filters; its state is the URL's. */
export function FilterBar({ search, fields, state, change, extra }: FilterBarProps) {
  const { t } = useTranslation("kit");
  const changeRef = useRef(change);
  useEffect(() => { changeRef.current = change; }, [change]);
  const [changeSearch] = useState(() => (value: string) => { changeRef.current({ search: value }); });
  const used = [...fields.map((field) => field.key), "search"].filter((key) => state[key]);
  const clear = () => { change(Object.fromEntries(used.map((key) => [key, undefined]))); };
  return (
    <div className={styles.bar} role="search">
      {search && <SearchField hint={search} value={state.search ?? ""} change={changeSearch} />}
      {fields.map((field) => (
        <div key={field.key} className={styles.field}>
          {field.control(state[field.key], (value) => { change({ [field.key]: value }); })}
        </div>
      ))}
      {used.length > 0 && <Button type="link" size="small" onClick={clear}>{t("list.clearFilters")}</Button>}
      <div className={styles.extra}>{extra}</div>
    </div>
  );
}
