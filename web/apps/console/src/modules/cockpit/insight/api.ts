import { api, read } from "@cove/api/client";
import type { Period } from "@cove/kit/report/period";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export interface FunnelQuestion {
  kinds: string[];
  windowHours: number;
  period: Period;
}

export const LEAST_STEPS = 2;

export const funnelQuery = ({ kinds, windowHours, period }: FunnelQuestion) => queryOptions({
  queryKey: ["funnel", kinds, windowHours, period],
  queryFn: () => read(api.POST("/api/insight/funnel", { body: { steps: kinds.map((kind) => ({ kind })), window_hours: windowHours, ...period } })),
  enabled: kinds.length >= LEAST_STEPS,
  placeholderData: keepPreviousData,
});
