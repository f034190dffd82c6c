import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { TrackingSourceCreate } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
const REFRESH = 5_000;

/** What happened with a contact, newest first; looked at again every five seconds while somebody watches. */
export function useTimeline(contactId: number, kinds: string[]) {
  const kind = kinds.length > 0 ? kinds.join(",") : undefined;
  return useKeyset({
    queryKey: ["timeline", contactId, kind],
    fetchPage: (cursor) => read(api.GET("/api/contacts/{contact_id}/timeline", {
      params: { path: { contact_id: contactId }, query: { kind, cursor, limit: PAGE } },
    })),
    refresh: REFRESH,
  });
}

export const firstTouchQuery = (contactId: number) => queryOptions({
  queryKey: ["timeline", "first-touch", contactId],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/first-touch", { params: { path: { contact_id: contactId } } })),
});

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
