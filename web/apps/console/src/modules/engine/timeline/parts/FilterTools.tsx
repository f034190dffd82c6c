import { CalendarOutlined, FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge, Button, Checkbox, DatePicker, Input, Select, Tag } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { choicesQuery } from "../api";
import styles from "./FilterTools.module.css";
import { countOf, NO_FILTERS, type TimelineFilters } from "./filters";

const PAUSE = 400;
const LONGEST = 100;

interface ToolsProps {
  filters: TimelineFilters;
  change: (change: Partial<TimelineFilters>) => void;
}

function TextField({ value, change }: { value: string; change: (text: string) => void }) {
  const { t } = useTranslation("timeline");
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => { change(text.trim()); }, PAUSE);
    return () => { clearTimeout(timer); };
  }, [text, value, change]);
  return (
    <Input
      className={styles.text} allowClear prefix={<SearchOutlined aria-hidden />} maxLength={LONGEST} value={text}
      placeholder={t("find")} aria-label={t("find")} onChange={(event) => { setText(event.target.value); }}
      onPressEnter={() => { change(text.trim()); }}
    />
  );
}

function iso(day: Dayjs | null | undefined): string | undefined {
  return day?.format("YYYY-MM-DD");
}

function MoreFilters({ filters, change }: ToolsProps) {
  const { t } = useTranslation("timeline");
  const { data } = useQuery(choicesQuery);
  return (
    <div className={styles.more}>
      <Select
        mode="multiple" allowClear maxTagCount="responsive" aria-label={t("filter")} placeholder={t("filter")} value={filters.kinds}
        onChange={(kinds) => { change({ kinds }); }} showSearch={{ optionFilterProp: "label" }}
        options={(data?.groups ?? []).map((group) => ({
          label: group.label, title: group.key, options: group.kinds.map(({ kind, label }) => ({ value: kind, label })),
        }))}
      />
      <Select
        mode="multiple" allowClear maxTagCount="responsive" aria-label={t("sources")} placeholder={t("sources")} value={filters.sources}
        onChange={(sources) => { change({ sources }); }} showSearch={{ optionFilterProp: "label" }}
        options={(data?.sources ?? []).map(({ key, label }) => ({ value: key, label }))}
      />
      <DatePicker aria-label={t("first")} placeholder={t("first")} value={filters.first ? dayjs(filters.first) : null}
        maxDate={filters.last ? dayjs(filters.last) : undefined} onChange={(day) => { change({ first: iso(day) }); }} />
      <DatePicker aria-label={t("last")} placeholder={t("last")} value={filters.last ? dayjs(filters.last) : null}
        minDate={filters.first ? dayjs(filters.first) : undefined} onChange={(day) => { change({ last: iso(day) }); }} />
      <Checkbox checked={filters.real} onChange={(event) => { change({ real: event.target.checked }); }}>{t("real")}</Checkbox>
    </div>
  );
}

function Used({ filters, change }: ToolsProps) {
  const { t } = useTranslation("timeline");
  const { data } = useQuery(choicesQuery);
  const kinds = new Map(data?.groups.flatMap((group) => group.kinds.map(({ kind, label }) => [kind, label] as const)));
  const sources = new Map(data?.sources.map(({ key, label }) => [key, label] as const));
  const { first, last } = filters;
  return (
    <div className={styles.used}>
      {filters.kinds.map((kind) => (
        <Tag key={kind} closable onClose={() => { change({ kinds: filters.kinds.filter((each) => each !== kind) }); }}>{kinds.get(kind) ?? kind}</Tag>
      ))}
      {filters.sources.map((key) => (
        <Tag key={key} closable onClose={() => { change({ sources: filters.sources.filter((each) => each !== key) }); }}>{sources.get(key) ?? key}</Tag>
      ))}
      {(first ?? last) && (
        <Tag closable onClose={() => { change({ first: undefined, last: undefined }); }}>{t("span", { first: first ?? "…", last: last ?? "…" })}</Tag>
      )}
      {filters.real && <Tag closable onClose={() => { change({ real: false }); }}>{t("real")}</Tag>}
      <Button type="link" size="small" onClick={() => { change({ ...NO_FILTERS, day: filters.day }); }}>{t("clear")}</Button>
    </div>
  );
}

/** The search, the filters behind a button, the way to a day; all of it is in the URL. */
export function FilterTools({ filters, change }: ToolsProps) {
  const { t } = useTranslation("timeline");
  const [open, setOpen] = useState(false);
  const [changeText] = useState(() => (text: string) => { change({ text }); });
  const count = countOf(filters);
  return (
    <div role="search" aria-label={t("title")}>
      <div className={styles.bar}>
        <TextField value={filters.text} change={changeText} />
        <Badge count={count} size="small">
          <Button icon={<FilterOutlined />} aria-expanded={open} aria-label={t("filters")} title={t("filters")} onClick={() => { setOpen(!open); }} />
        </Badge>
        <DatePicker
          className={styles.jump} suffixIcon={<CalendarOutlined />} placeholder={t("jump")} aria-label={t("jump")} inputReadOnly
          value={filters.day ? dayjs(filters.day) : null} disabledDate={(day) => day.isAfter(dayjs(), "day")}
          onChange={(day) => { change({ day: iso(day) }); }}
        />
      </div>
      {open && <MoreFilters filters={filters} change={change} />}
      {!open && count > 0 && <Used filters={filters} change={change} />}
    </div>
  );
}
