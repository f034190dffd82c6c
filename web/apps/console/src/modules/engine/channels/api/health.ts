import { api, read } from "@cove/api/client";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const healthQuery = queryOptions({
  queryKey: ["channels", "health"],
  queryFn: () => read(api.GET("/api/channels/health")),
});

export function useExamine() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => read(api.POST("/api/channels/health")),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}
