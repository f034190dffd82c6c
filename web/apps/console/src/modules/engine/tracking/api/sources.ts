import { api, read } from "@cove/api/client";
import type { TrackingSourceChange, TrackingSourceCreate } from "@cove/api/types";
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

export function useChangeSource(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TrackingSourceChange) => read(api.PUT("/api/tracking/sources/{source_id}", { params: { path: { source_id: id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tracking"] }),
  });
}

export type SecretKind = "server-key" | "signing-secret";

export function useMakeSecret(id: number, kind: SecretKind) {
  const queries = useQueryClient();
  const params = { path: { source_id: id } };
  return useMutation({
    mutationFn: () => kind === "server-key"
      ? read(api.POST("/api/tracking/sources/{source_id}/server-key", { params }))
      : read(api.POST("/api/tracking/sources/{source_id}/signing-secret", { params })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tracking", "sources"] }),
  });
}

export function useDeleteSource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.DELETE("/api/tracking/sources/{source_id}", { params: { path: { source_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tracking"] }),
  });
}
