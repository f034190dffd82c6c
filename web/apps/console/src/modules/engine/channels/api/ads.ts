import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { AdAccess, AdEvent, AdMappingChange, AdMappingTry, NewAdAccount } from "@cove/api/types";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
export const ADS = "/settings/ads";

export const adAccountsQuery = queryOptions({
  queryKey: ["ads", "accounts"],
  queryFn: () => read(api.GET("/api/channels/ads")),
});

export const adPreviewQuery = (id: number, body: AdMappingTry) => queryOptions({
  queryKey: ["ads", "preview", id, body],
  queryFn: () => read(api.POST("/api/channels/ads/{ad_account_id}/preview", { params: { path: { ad_account_id: id } }, body })),
  placeholderData: keepPreviousData,
});

export function useAdLeads(account: number | undefined) {
  return useKeyset({
    queryKey: ["ads", "leads", account],
    fetchPage: (cursor) => read(api.GET("/api/ads/leads", { params: { query: { ad_account_id: account, cursor, limit: PAGE } } })),
  });
}

function useAdChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["ads"] }) });
}

export function useAddAdAccount() {
  return useAdChange((body: NewAdAccount) => read(api.POST("/api/channels/ads", { body })));
}

export function useChangeAdAccount(id: number) {
  return useAdChange((body: AdAccess) => read(api.PUT("/api/channels/ads/{ad_account_id}", { params: { path: { ad_account_id: id } }, body })));
}

export function useSwitchAdAccount(id: number) {
  return useAdChange((off: boolean) => read(api.PUT("/api/channels/ads/{ad_account_id}/off", { params: { path: { ad_account_id: id } }, body: { off } })));
}

export function useMapAdFields(id: number) {
  return useAdChange((body: AdMappingChange) =>
    read(api.PUT("/api/channels/ads/{ad_account_id}/mapping", { params: { path: { ad_account_id: id } }, body })));
}

/** What was asked for is there some seconds later: then everything is read anew. */
const PULL_MS = 3000;

export function usePullAdLeads(id: number) {
  return useAdChange(async () => {
    await read(api.POST("/api/channels/ads/{ad_account_id}/pull", { params: { path: { ad_account_id: id } } }));
    await new Promise((resolve) => { setTimeout(resolve, PULL_MS); });
  });
}

export function useReportAdLead() {
  return useAdChange(({ id, event }: { id: number; event: AdEvent }) =>
    read(api.POST("/api/ads/leads/{ad_lead_id}/report", { params: { path: { ad_lead_id: id } }, body: { event } })));
}
