import { api, read } from "@cove/api/client";
import type { WecomChange } from "@cove/api/types";
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
