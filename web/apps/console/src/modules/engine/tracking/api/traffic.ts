import { api, read } from "@cove/api/client";
import type { TrafficMarkCreate } from "@cove/api/types";
import type { Period } from "@cove/kit/report/period";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const TRAFFIC = "/insight/traffic";

export interface TrafficQuestion {
  period: Period;
  /** Of one source; 0 for all. */
  source: number;
}

export const trafficQuery = ({ period, source }: TrafficQuestion) => queryOptions({
  queryKey: ["traffic", "report", period, source],
  queryFn: () => read(api.GET("/api/tracking/traffic", { params: { query: { ...period, source_id: source } } })),
  placeholderData: keepPreviousData,
});

export const samplesQuery = ({ period, source, reason }: TrafficQuestion & { reason: string }) => queryOptions({
  queryKey: ["traffic", "samples", period, source, reason],
  queryFn: () => read(api.GET("/api/tracking/traffic/samples", { params: { query: { ...period, source_id: source, reason } } })),
  placeholderData: keepPreviousData,
});

export const marksQuery = queryOptions({
  queryKey: ["traffic", "marks"],
  queryFn: () => read(api.GET("/api/tracking/traffic/marks")),
});

function useMarkChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["traffic"] }) });
}

export function useMark() {
  return useMarkChange((body: TrafficMarkCreate) => read(api.POST("/api/tracking/traffic/marks", { body })));
}

export function useUnmark() {
  return useMarkChange((id: number) => read(api.DELETE("/api/tracking/traffic/marks/{mark_id}", { params: { path: { mark_id: id } } })));
}
