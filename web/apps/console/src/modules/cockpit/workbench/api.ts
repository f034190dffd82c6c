import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { queryOptions } from "@tanstack/react-query";

const REFRESH = 15_000;

export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: () => read(api.GET("/api/insight/overview")),
  refetchInterval: REFRESH,
});

export function useHandedToMe() {
  return useKeyset({
    queryKey: ["handed-to-me"],
    fetchPage: (cursor) => read(api.GET("/api/handed-to-me", { params: { query: { cursor, limit: 50 } } })),
  });
}

export const contactBriefQuery = (contactId: number) => queryOptions({
  queryKey: ["contacts", "brief", contactId],
  queryFn: async () => (await read(api.GET("/api/contacts/{contact_id}/brief", { params: { path: { contact_id: contactId } } }))).brief,
});

export const transferBriefQuery = (id: number) => queryOptions({
  queryKey: ["hand-overs", "brief", id],
  queryFn: () => read(api.GET("/api/hand-overs/{change_set_id}/brief", { params: { path: { change_set_id: id } } })),
});
