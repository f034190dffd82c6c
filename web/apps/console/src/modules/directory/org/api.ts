import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { openSession, sessionQuery } from "@cove/api/session";
import type { ApiKey, ApiKeyCreate, CompanyChange } from "@cove/api/types";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const CHOICES = 50;

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
