import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { ApiKey, ApiKeyCreate } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const CHOICES = 50;

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
