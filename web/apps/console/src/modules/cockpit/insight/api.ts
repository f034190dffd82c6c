import { api, read } from "@cove/api/client";
import type { Period } from "@cove/kit/report/period";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export interface FunnelQuestion {
  kinds: string[];
  windowHours: number;
  period: Period;
  suspicious: boolean;
}

export const LEAST_STEPS = 2;

export const funnelQuery = ({ kinds, windowHours, period, suspicious }: FunnelQuestion) => queryOptions({
  queryKey: ["funnel", kinds, windowHours, period, suspicious],
  queryFn: () => read(api.POST("/api/insight/funnel", {
    body: { steps: kinds.map((kind) => ({ kind })), window_hours: windowHours, exclude_suspicious: !suspicious, ...period },
  })),
  enabled: kinds.length >= LEAST_STEPS,
  placeholderData: keepPreviousData,
});
