import { useMay } from "@cove/api/session";
import type { TimelineItem } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Skeleton } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useTimeline } from "../api";
import { Days } from "../parts/Days";
import { FactDrawer } from "../parts/FactDrawer";
import { countOf, filtersOf, inUrl, NO_FILTERS, type TimelineFilters } from "../parts/filters";
import { FilterTools } from "../parts/FilterTools";
import { useInSight } from "../parts/useInSight";
import { useNews } from "../parts/useNews";
import styles from "./ContactTimeline.module.css";

/** Everything that happened with a contact, by day; nothing for who may not see it. */
export default function ContactTimeline({ contactId }: { contactId: number }) {
  return useMay()("timeline.see") ? <Timeline contactId={contactId} /> : null;
}

/** The fact that the URL shows whole. Whose it is stands with it: the filters stay when one goes on to the next contact, the fact does not. */
function factIn(value: string | undefined, contactId: number): number | undefined {
  const [contact, fact] = value?.split(".") ?? [];
  return contact === contactId.toString() && fact && /^[1-9]\d{0,15}$/.test(fact) ? Number(fact) : undefined;
}

function useFilters(): [TimelineFilters, (change: Partial<TimelineFilters>) => void] {
  const [state, setState] = useUrlState();
  const written = JSON.stringify(filtersOf(state));
  const filters = useMemo(() => JSON.parse(written) as TimelineFilters, [written]);
  const change = useCallback((next: Partial<TimelineFilters>) => { setState(inUrl(next)); }, [setState]);
  return [filters, change];
}

function Timeline({ contactId }: { contactId: number }) {
  const { t } = useTranslation("timeline");
  const [filters, change] = useFilters();
  const [state, setState] = useUrlState();
  const list = useTimeline(contactId, filters);
  const top = useRef<HTMLDivElement>(null);
  const [openVisits, setOpenVisits] = useState<ReadonlySet<string>>(new Set());
  const news = useNews(contactId, filters, useInSight(top));
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const shown = factIn(state.fact, contactId);
  const show = (item: TimelineItem) => { setState({ fact: `${contactId.toString()}.${item.id.toString()}` }); };
  const toggle = (key: string) => {
    setOpenVisits((now) => new Set(now.has(key) ? [...now].filter((each) => each !== key) : [...now, key]));
  };
  const toTop = () => {
    news.show();
    top.current?.scrollIntoView({ block: "center" });
  };
  return (
    <Panel title={t("title")}>
      <div ref={top} />
      <FilterTools filters={filters} change={change} />
      {news.waiting > 0 && (
        <div className={styles.news} role="status">
          <Button type="primary" size="small" shape="round" onClick={toTop}>
            {t("news", { count: news.waiting, more: news.full ? "+" : "" })}
          </Button>
        </div>
      )}
      {filters.day && (
        <div className={styles.newer}>
          <Button size="small" loading={list.isFetchingPreviousPage} disabled={!list.hasPreviousPage} onClick={() => void list.fetchPreviousPage()}>
            {list.hasPreviousPage ? t("newer") : t("noNewer")}
          </Button>
          <Button size="small" type="link" onClick={() => { change({ day: undefined }); }}>{t("toNewest")}</Button>
        </div>
      )}
      {list.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {list.error && !list.data && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Nothing filters={filters} change={change} />}
      <Days items={items} open={openVisits} toggle={toggle} show={show} />
      {list.isFetchNextPageError && <ErrorNotice error={list.error} retry={() => void list.fetchNextPage()} />}
      {!list.isFetchNextPageError && (
        <More
          list={{
            rows: items, total: undefined, totalExact: true, loading: list.isPending, error: null, retry: () => undefined,
            hasMore: list.hasNextPage, loadingMore: list.isFetchingNextPage, loadMore: () => void list.fetchNextPage(),
          }}
        />
      )}
      {items.length > 0 && !list.hasNextPage && <p className={styles.end}>{t("end")}</p>}
      {shown !== undefined && (
        <FactDrawer contactId={contactId} factId={shown} item={items.find((item) => item.id === shown)} close={() => { setState({ fact: undefined }); }} />
      )}
    </Panel>
  );
}

function Nothing({ filters, change }: { filters: TimelineFilters; change: (change: Partial<TimelineFilters>) => void }) {
  const { t } = useTranslation("timeline");
  if (countOf(filters) > 0) {
    return (
      <Empty title={t("nothingMatches")} text={t("nothingMatchesText")}
        action={<Button onClick={() => { change(NO_FILTERS); }}>{t("clear")}</Button>} />
    );
  }
  return filters.day ? <Empty title={t("nothingBefore")} /> : <Empty title={t("empty")} text={t("emptyText")} />;
}
