import { api, read } from "@cove/api/client";
import type { Contact } from "@cove/api/types";
import { useQuery } from "@tanstack/react-query";

const REFRESH = 15_000;

/** The contacts that came last; nothing while they are not known. */
export function useNewestContacts(limit: number, enabled: boolean): Contact[] | undefined {
  return useQuery({
    queryKey: ["contacts", "newest", limit],
    enabled,
    refetchInterval: REFRESH,
    queryFn: () => read(api.GET("/api/contacts", { params: { query: { sort: "-created_at", limit } } })),
  }).data?.items;
}
