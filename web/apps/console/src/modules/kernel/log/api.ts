import { api, read } from "@cove/api/client";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const failuresQuery = queryOptions({
  queryKey: ["log", "failures"],
  queryFn: () => read(api.GET("/api/log/failures")),
});

export function useRetryFailure() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.POST("/api/log/failures/{failure_id}/retry", { params: { path: { failure_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["log", "failures"] }),
  });
}
