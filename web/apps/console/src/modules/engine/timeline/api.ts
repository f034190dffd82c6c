import { api, read } from "@cove/api/client";
import type { TimelinePage } from "@cove/api/types";
import { queryOptions, useInfiniteQuery } from "@tanstack/react-query";

import type { TimelineFilters } from "./parts/filters";

export const PAGE = 50;

interface From {
  cursor: string | undefined;
  direction?: "older" | "newer";
}

const START: From = { cursor: undefined };

export function timelineKey(contactId: number, filters: TimelineFilters) {
  return ["timeline", contactId, "page", filters] as const;
}

export function readPage(contactId: number, { kinds, sources, text, first, last, real, day }: TimelineFilters, from: From = START): Promise<TimelinePage> {
  return read(api.GET("/api/contacts/{contact_id}/timeline", {
    params: {
      path: { contact_id: contactId },
      query: {
        kind: kinds.join(",") || undefined, source: sources.join(",") || undefined, text: text || undefined,
        first_day: first, last_day: last, unsuspicious: real || undefined, day: from.cursor ? undefined : day,
        cursor: from.cursor, direction: from.direction, limit: PAGE,
      },
    },
  }));
}

/** What happened with a contact, newest first, from the newest end or a day on; goes on in both directions. */
export function useTimeline(contactId: number, filters: TimelineFilters) {
  return useInfiniteQuery({
    queryKey: timelineKey(contactId, filters),
    queryFn: ({ pageParam }) => readPage(contactId, filters, pageParam),
    initialPageParam: START,
    getNextPageParam: (page: TimelinePage): From | undefined => (page.next_cursor ? { cursor: page.next_cursor } : undefined),
    getPreviousPageParam: (page: TimelinePage): From | undefined => (page.newer_cursor ? { cursor: page.newer_cursor, direction: "newer" } : undefined),
    refetchOnWindowFocus: false,
  });
}

export const factQuery = (contactId: number, factId: number) => queryOptions({
  queryKey: ["timeline", contactId, "fact", factId],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/timeline/{fact_id}", { params: { path: { contact_id: contactId, fact_id: factId } } })),
});

export const choicesQuery = queryOptions({
  queryKey: ["timeline", "choices"],
  queryFn: () => read(api.GET("/api/timeline/choices")),
  staleTime: Infinity,
});

/** Say that this timeline is open here, so that news are told. */
export function sayWatching(contactId: number): Promise<unknown> {
  return read(api.PUT("/api/contacts/{contact_id}/timeline/watch", { params: { path: { contact_id: contactId } } }));
}

export const firstTouchQuery = (contactId: number) => queryOptions({
  queryKey: ["timeline", contactId, "first-touch"],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/first-touch", { params: { path: { contact_id: contactId } } })),
});
