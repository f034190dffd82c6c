import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { UrlState } from "@cove/kit/list/useUrlState";
import type { Period } from "@cove/kit/report/period";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export const ACCOUNTS = "/insight/accounts";
const PAGE = 50;

export interface UsageQuestion {
  period: Period;
  exclude: boolean;
}

export const usageQuery = ({ period, exclude }: UsageQuestion) => queryOptions({
  queryKey: ["usage", "report", period, exclude],
  queryFn: () => read(api.GET("/api/tracking/usage", { params: { query: { ...period, exclude_suspicious: exclude } } })),
  placeholderData: keepPreviousData,
});

export function useAccounts(filters: UrlState) {
  const query = { search: filters.search, silent_days: Number(filters.silent ?? 0) || 0, limit: PAGE };
  return useKeyset({
    queryKey: ["usage", "accounts", query],
    fetchPage: (cursor) => read(api.GET("/api/tracking/accounts", { params: { query: { ...query, cursor } } })),
  });
}

export const accountQuery = (id: number, { period, exclude }: UsageQuestion) => queryOptions({
  queryKey: ["usage", "account", id, period, exclude],
  queryFn: () => read(api.GET("/api/tracking/accounts/{account_id}", {
    params: { path: { account_id: id }, query: { ...period, exclude_suspicious: exclude } },
  })),
  placeholderData: keepPreviousData,
});
