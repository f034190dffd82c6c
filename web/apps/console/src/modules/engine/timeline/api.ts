import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { queryOptions } from "@tanstack/react-query";

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
  queryKey: ["timeline", contactId, "first-touch"],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/first-touch", { params: { path: { contact_id: contactId } } })),
});
