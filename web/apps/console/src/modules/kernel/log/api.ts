import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;

export function useFailures() {
  return useKeyset({
    queryKey: ["log", "failures", "list"],
    fetchPage: (cursor) => read(api.GET("/api/log/failures", { params: { query: { cursor, limit: PAGE } } })),
  });
}

export const failureCountQuery = queryOptions({
  queryKey: ["log", "failures", "count"],
  queryFn: async () => (await read(api.GET("/api/log/failures", { params: { query: { limit: 1 } } }))).total ?? 0,
});

export function useRetryFailure() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.POST("/api/log/failures/{failure_id}/retry", { params: { path: { failure_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["log", "failures"] }),
  });
}
