import { api, read } from "@cove/api/client";
import type { ReachRulesChange } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const rulesQuery = queryOptions({
  queryKey: ["reach-rules"],
  queryFn: () => read(api.GET("/api/reach-rules")),
});

export function useChangeRules() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ReachRulesChange) => read(api.PUT("/api/reach-rules", { body })),
    onSuccess: (rules) => { queries.setQueryData(rulesQuery.queryKey, rules); },
  });
}

export function usePauseMarketing() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => read(api.PUT("/api/reach-rules/pause", { body: { paused } })),
    onSuccess: (rules) => { queries.setQueryData(rulesQuery.queryKey, rules); },
  });
}
