import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { MassAim, MassMessage, NewMass } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { useLiveAgain } from "./live";

const PAGE = 50;
const KEY = "mass-messages";
/** Milliseconds. The form changes with every tick of a box; only what stands for a moment is counted. */
const SETTLED = 300;
export const MASS = "/reach/wecom-mass";
export const MASS_STATES = ["waiting", "made", "done", "cancelled", "failed"] as const;
export const RESULT_STATES = ["waiting", "sent", "failed"] as const;
export type ResultState = typeof RESULT_STATES[number];

export function useMasses(filters: UrlState) {
  const query = {
    search: filters.search,
    state: MASS_STATES.find((one) => one === filters.state),
    kind: filters.kind === "single" || filters.kind === "group" ? filters.kind : undefined,
    limit: PAGE,
  } as const;
  return useKeyset({
    queryKey: [KEY, "list", query],
    fetchPage: (cursor) => read(api.GET("/api/mass-messages", { params: { query: { ...query, cursor } } })),
  });
}

export const massQuery = (id: number) => queryOptions({
  queryKey: [KEY, "detail", id],
  queryFn: () => read(api.GET("/api/mass-messages/{mass_id}", { params: { path: { mass_id: id } } })),
});

export function useMassMembers(id: number) {
  return useKeyset({
    queryKey: [KEY, "members", id],
    fetchPage: (cursor) => read(api.GET("/api/mass-messages/{mass_id}/members", { params: { path: { mass_id: id }, query: { cursor, limit: PAGE } } })),
  });
}

export function useMassResults(id: number, state: ResultState | undefined) {
  return useKeyset({
    queryKey: [KEY, "results", id, state],
    fetchPage: (cursor) => read(api.GET("/api/mass-messages/{mass_id}/results", { params: { path: { mass_id: id }, query: { state, cursor, limit: PAGE } } })),
  });
}

export const massReachQuery = (aim: MassAim, sender_id: number | null) => queryOptions({
  queryKey: [KEY, "reach", aim, sender_id],
  queryFn: async ({ signal }) => {
    await new Promise((resolve) => { setTimeout(resolve, SETTLED); });
    signal.throwIfAborted();
    return read(api.POST("/api/mass-messages/preview", { body: { aim, sender_id }, signal }));
  },
  placeholderData: keepPreviousData,
});

export function useSendMassMessage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewMass): Promise<MassMessage[]> => read(api.POST("/api/mass-messages", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Remind members, take it back from those who did not send, or ask WeCom how it stands. */
export function useMassAct(id: number) {
  const queries = useQueryClient();
  const params = { params: { path: { mass_id: id } } };
  const acts = {
    remind: () => read(api.POST("/api/mass-messages/{mass_id}/remind", params)),
    cancel: () => read(api.POST("/api/mass-messages/{mass_id}/cancel", params)),
    refresh: () => read(api.POST("/api/mass-messages/{mass_id}/refresh", params)),
  };
  return useMutation({
    mutationFn: (act: keyof typeof acts) => acts[act](),
    onSettled: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Keep what is shown in step while members confirm and WeCom tells. */
export function useLiveMass(): void {
  useLiveAgain("wecom_mass", KEY);
}
