import { api, read } from "@cove/api/client";
import type { TrackingSourceCreate } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const sourcesQuery = queryOptions({
  queryKey: ["tracking", "sources"],
  queryFn: () => read(api.GET("/api/tracking/sources")),
});

export function useCreateSource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TrackingSourceCreate) => read(api.POST("/api/tracking/sources", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tracking"] }),
  });
}

export function useDeleteSource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.DELETE("/api/tracking/sources/{source_id}", { params: { path: { source_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tracking"] }),
  });
}
