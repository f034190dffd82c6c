import type { Keyset } from "@cove/api/keyset";
import { useState, type Key, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";

import { Empty, type EmptyContent } from "../feedback/Empty";
import { ErrorNotice } from "../feedback/ErrorNotice";
import { PageShell } from "../page/PageShell";
import { useNarrow } from "../page/useNarrow";
import { exactNumber } from "../region/format";
import { useRegion } from "../region/Region";
import { ColumnPicker } from "./ColumnPicker";
import { FilterBar } from "./FilterBar";
import type { FilterField } from "./filters";
import { ListOrder } from "./ListOrder";
import styles from "./ListPage.module.css";
import { More } from "./More";
import { RowCards } from "./RowCards";
import { RowTable } from "./RowTable";
import { useColumns, type Column } from "./useColumns";
import { useUrlState } from "./useUrlState";

export interface ListPageProps<Row extends { id: number }> {
  /** Name under which the member's columns are kept. */
  name: string;
  title: string;
  list: Keyset<Row>;
  columns: Column<Row>[];
  /** Address of a row's detail; its page is a child route and opens over the list. */
  href?: (id: number) => string;
  /** The row on a phone. */
  card: (row: Row) => ReactNode;
  search?: string;
  filters?: FilterField[];
  empty: EmptyContent;
  actions?: ReactNode;
  /** Left of the list: what it is divided by, such as a tree. */
  side?: ReactNode;
  /** Under the title, above the list: what the page has to say. */
  notice?: ReactNode;
  /** What can be done with the chosen rows; without it rows cannot be chosen. */
  batch?: (rows: Row[], done: () => void) => ReactNode;
}

export function ListPage<Row extends { id: number }>(props: ListPageProps<Row>) {
  const { name, title, list, filters = [], search, href, batch } = props;
  const { t } = useTranslation("kit");
  const { language } = useRegion();
  const [state, change] = useUrlState();
  const columns = useColumns(name, props.columns);
  const narrow = useNarrow();
  const { search: query } = useLocation();
  const [chosen, setChosen] = useState<Key[]>([]);
  const hrefOf = href && ((id: number) => href(id) + query);
  const hasBar = search !== undefined || filters.length > 0;
  const filtered = Boolean(state.search) || filters.some((field) => state[field.key]);
  const chosenRows = list.rows.filter((row) => chosen.includes(row.id));
  const count = list.total === undefined ? undefined : exactNumber(list.total, language) + (list.totalExact ? "" : "+");

  return (
    <PageShell title={title} aside={count} actions={props.actions}>
      {props.notice}
      <div className={props.side ? styles.divided : undefined}>
      {props.side}
      <div>
      <div className={styles.card}>
        {hasBar && (
          <FilterBar
            search={search} fields={filters} state={state} change={change}
            extra={!narrow && <ColumnPicker columns={columns} />}
          />
        )}
        <ListBody
          list={list} filtered={filtered} empty={props.empty}
          clear={() => { change(Object.fromEntries([...filters.map((field) => [field.key, undefined]), ["search", undefined]])); }}
        >
          {narrow
            ? <RowCards rows={list.rows} loading={list.loading} card={props.card} href={hrefOf} />
            : <RowTable rows={list.rows} loading={list.loading} columns={columns} href={hrefOf}
                choose={batch && { chosen, setChosen }} label={title} underBar={hasBar} />}
        </ListBody>
        {batch && chosenRows.length > 0 && (
          <div className={styles.batch} role="toolbar" aria-label={t("list.batch")}>
            <span>{t("list.chosen", { count: chosenRows.length })}</span>
            {batch(chosenRows, () => { setChosen([]); })}
          </div>
        )}
      </div>
      <More list={list} />
      </div>
      </div>
      <ListOrder value={hrefOf ? { ids: list.rows.map((row) => row.id), href: hrefOf } : null}>
        <Outlet />
      </ListOrder>
    </PageShell>
  );
}

interface ListBodyProps<Row> {
  list: Keyset<Row>;
  filtered: boolean;
  empty: EmptyContent;
  clear: () => void;
  children: ReactNode;
}

function ListBody<Row>({ list, filtered, empty, clear, children }: ListBodyProps<Row>) {
  const { t } = useTranslation("kit");
  if (list.error) return <div className={styles.error}><ErrorNotice error={list.error} retry={list.retry} /></div>;
  if (list.loading || list.rows.length > 0) return children;
  if (!filtered) return <Empty {...empty} />;
  return (
    <Empty
      title={t("list.nothingMatches")}
      text={t("list.nothingMatchesText")}
      action={<button type="button" className={styles.clear} onClick={clear}>{t("list.clearFilters")}</button>}
    />
  );
}
