import { api, read } from "@cove/api/client";
import { queryOptions } from "@tanstack/react-query";

export const SPANS = ["7", "30"] as const;
export type Span = (typeof SPANS)[number];

export const behaviourQuery = (days: Span) => queryOptions({
  queryKey: ["channels", "wecom", "behaviour", days],
  queryFn: () => read(api.GET("/api/channels/wecom/behaviour", { params: { query: { days } } })),
});
