import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { Moment, NewMoment } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { useLiveAgain } from "./live";

const PAGE = 50;
const KEY = "moments";
export const MOMENTS = "/reach/moments";
export const MOMENT_STATES = ["waiting", "asked", "made", "done", "cancelled", "failed"] as const;
export const REACTIONS = ["like", "comment"] as const;
export type Reaction = typeof REACTIONS[number];

export function useMoments(filters: UrlState) {
  const query = { search: filters.search, state: MOMENT_STATES.find((one) => one === filters.state), limit: PAGE } as const;
  return useKeyset({
    queryKey: [KEY, "list", query],
    fetchPage: (cursor) => read(api.GET("/api/moments", { params: { query: { ...query, cursor } } })),
  });
}

export const momentQuery = (id: number) => queryOptions({
  queryKey: [KEY, "detail", id],
  queryFn: () => read(api.GET("/api/moments/{moment_id}", { params: { path: { moment_id: id } } })),
});

export function useMomentMembers(id: number) {
  return useKeyset({
    queryKey: [KEY, "members", id],
    fetchPage: (cursor) => read(api.GET("/api/moments/{moment_id}/members", { params: { path: { moment_id: id }, query: { cursor, limit: PAGE } } })),
  });
}

export function useMomentReactions(id: number, form: Reaction | undefined) {
  return useKeyset({
    queryKey: [KEY, "reactions", id, form],
    fetchPage: (cursor) => read(api.GET("/api/moments/{moment_id}/reactions", { params: { path: { moment_id: id }, query: { form, cursor, limit: PAGE } } })),
  });
}

export function usePublishMoment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewMoment): Promise<Moment> => read(api.POST("/api/moments", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Take it back from those who did not publish it, or ask WeCom how it stands. */
export function useMomentAct(id: number) {
  const queries = useQueryClient();
  const params = { params: { path: { moment_id: id } } };
  const acts = {
    cancel: () => read(api.POST("/api/moments/{moment_id}/cancel", params)),
    refresh: () => read(api.POST("/api/moments/{moment_id}/refresh", params)),
  };
  return useMutation({
    mutationFn: (act: keyof typeof acts) => acts[act](),
    onSettled: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Keep what is shown in step while members publish and WeCom tells. */
export function useLiveMoments(): void {
  useLiveAgain("wecom_moment", KEY);
}
