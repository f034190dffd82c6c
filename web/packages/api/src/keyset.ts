import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

export interface Page<Row> {
  items: Row[];
  next_cursor?: string | null;
  total?: number | null;
  total_exact?: boolean;
}

export interface Keyset<Row> {
  rows: Row[];
  total: number | undefined;
  totalExact: boolean;
  loading: boolean;
  error: Error | null;
  retry: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
}

interface Options<Row> {
  queryKey: readonly unknown[];
  fetchPage: (cursor: string | undefined) => Promise<Page<Row>>;
  /** Milliseconds between looks for news; off when left out. The browser tab must be visible. */
  refresh?: number;
}

/** Read a list page by page with the cursor that the server hands out. */
export function useKeyset<Row>({ queryKey, fetchPage, refresh }: Options<Row>): Keyset<Row> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Row>) => page.next_cursor ?? undefined,
    refetchInterval: refresh ?? false,
  });
  const { data, error, fetchNextPage, refetch } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return {
    rows,
    total: data?.pages[0]?.total ?? undefined,
    totalExact: data?.pages[0]?.total_exact ?? true,
    loading: query.isPending,
    error: data ? null : error,
    retry: () => void refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void fetchNextPage(),
  };
}
