import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { NoticeChoicesChange } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const CHOICES = 50;

const NEWEST = 30;

export const noticeCountQuery = queryOptions({
  queryKey: ["notices", "count"],
  queryFn: () => read(api.GET("/api/notices/count")),
});

export const newestNoticesQuery = queryOptions({
  queryKey: ["notices", "newest"],
  queryFn: () => read(api.GET("/api/notices", { params: { query: { limit: NEWEST } } })),
});

export const noticeKindsQuery = queryOptions({
  queryKey: ["notices", "kinds"],
  queryFn: () => read(api.GET("/api/notices/kinds")),
});

export function useNotices({ unread, kind }: { unread: boolean; kind: string | undefined }) {
  return useKeyset({
    queryKey: ["notices", "list", unread, kind],
    fetchPage: (cursor) => read(api.GET("/api/notices", { params: { query: { cursor, unread, kind, limit: CHOICES } } })),
  });
}

export function useReadNotice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.POST("/api/notices/{notice_id}/read", { params: { path: { notice_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notices"] }),
  });
}

/** Mark all as read that were there at a moment: what has come since stays. */
export function useReadAllNotices() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (until: string | null) => read(api.POST("/api/notices/read", { body: { until } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notices"] }),
  });
}

/** How one is told; or with `defaults` how members are told who did not choose. */
export const noticeChoicesQuery = (defaults: boolean) => queryOptions({
  queryKey: ["notices", "choices", defaults],
  queryFn: () => read(defaults ? api.GET("/api/notices/defaults") : api.GET("/api/notices/choices")),
});

export function useChooseNotices(defaults: boolean) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NoticeChoicesChange) => read(defaults ? api.PATCH("/api/notices/defaults", { body }) : api.PATCH("/api/notices/choices", { body })),
    onSuccess: (choices) => { queries.setQueryData(noticeChoicesQuery(defaults).queryKey, choices); },
  });
}
