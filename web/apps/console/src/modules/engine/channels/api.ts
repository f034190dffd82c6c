import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { WecomChange } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const wecomQuery = queryOptions({
  queryKey: ["channels", "wecom"],
  queryFn: () => read(api.GET("/api/channels/wecom")),
});

export function useChangeWecom() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: WecomChange) => read(api.PUT("/api/channels/wecom", { body })),
    onSuccess: (channel) => { queries.setQueryData(wecomQuery.queryKey, channel); },
  });
}

export function useAllowSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sign_in: boolean) => read(api.PUT("/api/channels/wecom/sign-in", { body: { sign_in } })),
    onSuccess: (channel) => { queries.setQueryData(wecomQuery.queryKey, channel); },
  });
}

export const signInOfferQuery = (company: string) => queryOptions({
  queryKey: ["sign-in", "wecom", company],
  queryFn: () => read(api.GET("/api/channels/wecom/sign-in", { params: { query: { company: company || undefined } } })),
});

export function useCheckWecom() {
  return useMutation({ mutationFn: () => read(api.POST("/api/channels/wecom/check")) });
}

export function useSyncWecom() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => read(api.POST("/api/channels/wecom/sync")),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

const PAGE = 50;
export const GROUPS = "/people/groups";

export function useGroups(filters: UrlState) {
  const query = { search: filters.search, dismissed: filters.state === "dismissed", limit: PAGE };
  return useKeyset({
    queryKey: ["customer-groups", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/customer-groups", { params: { query: { ...query, cursor } } })),
  });
}

export const groupQuery = (id: number) => queryOptions({
  queryKey: ["customer-groups", "detail", id],
  queryFn: () => read(api.GET("/api/customer-groups/{customer_group_id}", { params: { path: { customer_group_id: id } } })),
});

export function useGroupPersons(id: number) {
  return useKeyset({
    queryKey: ["customer-groups", "persons", id],
    fetchPage: (cursor) => read(api.GET("/api/customer-groups/{customer_group_id}/persons", { params: { path: { customer_group_id: id }, query: { cursor, limit: PAGE } } })),
  });
}
