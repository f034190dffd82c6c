import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { Delivery } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
export const DELIVERIES = "/reach/deliveries";

export function useDeliveries(filters: UrlState) {
  const query = {
    state: (filters.state as Delivery["state"] | undefined) as "sent" | undefined,
    kind: filters.kind,
    reason: filters.reason,
    channel: filters.channel,
    purpose: filters.purpose === "service" || filters.purpose === "marketing" ? filters.purpose : undefined,
    heard: filters.heard,
    contact_id: filters.contact ? Number(filters.contact) : undefined,
    limit: PAGE,
  } as const;
  return useKeyset({
    queryKey: ["deliveries", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/deliveries", { params: { query: { ...query, cursor } } })),
  });
}

export const deliveryChoicesQuery = queryOptions({
  queryKey: ["deliveries", "choices"],
  queryFn: () => read(api.GET("/api/deliveries/choices")),
  staleTime: Infinity,
});

export const deliveryQuery = (id: number) => queryOptions({
  queryKey: ["deliveries", "detail", id],
  queryFn: () => read(api.GET("/api/deliveries/{delivery_id}", { params: { path: { delivery_id: id } } })),
});

export function useSendAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.POST("/api/deliveries/{delivery_id}/send-again", { params: { path: { delivery_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["deliveries"] }),
  });
}
