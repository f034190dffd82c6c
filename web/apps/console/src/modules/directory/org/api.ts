import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { openSession, sessionQuery } from "@cove/api/session";
import type { ApiKey, ApiKeyCreate, CompanyChange, NoticeChoicesChange } from "@cove/api/types";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const CHOICES = 50;
const NEWEST = 30;

export const memberChoicesQuery = (search: string) => queryOptions({
  queryKey: ["members", search],
  queryFn: ({ signal }) => read(api.GET("/api/members", { params: { query: { search: search || undefined, limit: CHOICES } }, signal })),
  placeholderData: keepPreviousData,
});

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: ["sign-in"],
    mutationFn: ({ email, password }: { email: string; password: string }) => openSession(email, password),
    onSuccess: (session) => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
      queries.setQueryData(sessionQuery.queryKey, session);
    },
  });
}

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

export type KeyScopes = ApiKeyCreate["rights"];

export function useApiKeys() {
  return useKeyset<ApiKey>({
    queryKey: ["api-keys"],
    fetchPage: (cursor) => read(api.GET("/api/api-keys", { params: { query: { cursor, limit: CHOICES } } })),
  });
}

export const keyChoicesQuery = queryOptions({
  queryKey: ["api-keys", "choices"],
  queryFn: () => read(api.GET("/api/api-keys/choices")),
});

export function useCreateKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ApiKeyCreate) => read(api.POST("/api/api-keys", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.DELETE("/api/api-keys/{key_id}", { params: { path: { key_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}

export const companyQuery = queryOptions({
  queryKey: ["company"],
  queryFn: () => read(api.GET("/api/company")),
});

export function useChangeCompany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CompanyChange) => read(api.PUT("/api/company", { body })),
    onSuccess: (company) => {
      queries.setQueryData(companyQuery.queryKey, company);
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}
