import { api, read } from "@cove/api/client";
import { useKeyset, type Keyset } from "@cove/api/keyset";
import type { PlanLanguage, PlannedEvent, PlannedEventChange, PlannedEventDraft, PlannedEventRow, WhatCame } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";

export const PLAN = "/settings/tracking-plan";
const KEY = ["tracking", "plan"];

const STATUSES = ["draft", "live", "retired"] as const;
const KINDS = ["unplanned", "retired", "missing", "type", "choice", "pattern", "extra"] as const;
export const BREACH_KINDS = KINDS;
export type BreachKind = (typeof KINDS)[number];

/** A choice out of the URL, or nothing when somebody wrote something else. */
function oneOf<Value extends string>(values: readonly Value[], text: string | undefined): Value | undefined {
  return values.find((value) => value === text);
}

export const planQuery = queryOptions({
  queryKey: [...KEY, "now"],
  queryFn: () => read(api.GET("/api/tracking/plan")),
});

export const versionsQuery = queryOptions({
  queryKey: [...KEY, "versions"],
  queryFn: () => read(api.GET("/api/tracking/plan/versions")),
});

export const eventQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "event", id],
  queryFn: () => read(api.GET("/api/tracking/plan/events/{event_id}", { params: { path: { event_id: id } } })),
});

export const snippetQuery = (language: PlanLanguage) => queryOptions({
  queryKey: [...KEY, "snippet", language],
  queryFn: () => read(api.GET("/api/tracking/plan/snippets/{language}", { params: { path: { language } } })),
});

export const breachesQuery = (days: number, kind: string | undefined, event: string | undefined) => queryOptions({
  queryKey: [...KEY, "breaches", days, kind, event],
  queryFn: () => read(api.GET("/api/tracking/plan/breaches", { params: { query: { days, kind: oneOf(KINDS, kind), event } } })),
});

export function usePlannedEvents(state: UrlState): Keyset<PlannedEventRow> {
  return useKeyset({
    queryKey: [...KEY, "events", state.search, state.status],
    fetchPage: (cursor) => read(api.GET("/api/tracking/plan/events", {
      params: { query: { search: state.search, status: oneOf(STATUSES, state.status), cursor, limit: 50 } },
    })),
  });
}

function lookAnew(queries: QueryClient, event?: PlannedEvent) {
  if (event) queries.setQueryData(eventQuery(event.id).queryKey, event);
  void queries.invalidateQueries({ queryKey: KEY, predicate: (query) => query.queryKey[2] !== "event" });
}

export function useAddEvent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PlannedEventDraft) => read(api.POST("/api/tracking/plan/events", { body })),
    onSuccess: (made) => { lookAnew(queries, made); },
  });
}

export function useWriteEvent(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PlannedEventChange) => read(api.PUT("/api/tracking/plan/events/{event_id}", { params: { path: { event_id: id } }, body })),
    onSuccess: (made) => { lookAnew(queries, made); },
  });
}

export function useRemoveEvent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.DELETE("/api/tracking/plan/events/{event_id}", { params: { path: { event_id: id } } })),
    onSuccess: () => { lookAnew(queries); },
  });
}

export function usePublish() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => read(api.POST("/api/tracking/plan/versions", { body: { note } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRestore() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.POST("/api/tracking/plan/versions/{version_id}/restored", { params: { path: { version_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useAdopt() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: WhatCame) => read(api.POST("/api/tracking/plan/adopted", { body })),
    onSuccess: (made) => { lookAnew(queries, made); },
  });
}

export function useUploadPlan() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, write }: { file: File; write: boolean }) => {
      const form = new FormData();
      form.append("file", file);
      form.append("write", String(write));
      return read(api.POST("/api/tracking/plan/table", { body: { file: "", write }, bodySerializer: () => form }));
    },
    onSuccess: (found) => { if (found.written) void queries.invalidateQueries({ queryKey: KEY }); },
  });
}

export function watchSource(id: number, again: boolean) {
  return read(api.POST("/api/tracking/sources/{source_id}/watch", { params: { path: { source_id: id } }, body: { again } }));
}

export function seenOf(id: number, after: number) {
  return read(api.GET("/api/tracking/sources/{source_id}/seen", { params: { path: { source_id: id }, query: { after } } }));
}
