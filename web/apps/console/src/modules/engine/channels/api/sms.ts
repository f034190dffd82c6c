import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { NewSmsSignature, SmsAccountChange, SmsDraft, SmsProvider, SmsPurpose, SmsTest } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
export const SMS = "/settings/sms";

export const smsAccountsQuery = queryOptions({
  queryKey: ["sms", "accounts"],
  queryFn: () => read(api.GET("/api/channels/sms")),
});

export const smsSignaturesQuery = queryOptions({
  queryKey: ["sms", "signatures"],
  queryFn: () => read(api.GET("/api/sms/signatures")),
});

export function useSmsTemplates() {
  return useKeyset({
    queryKey: ["sms", "templates"],
    fetchPage: (cursor) => read(api.GET("/api/sms/templates", { params: { query: { cursor, limit: PAGE } } })),
  });
}

export const MESSAGE_STATES = ["ordered", "sent", "arrived", "failed", "unknown"] as const;

export function useSmsMessages(filters: UrlState) {
  const state = MESSAGE_STATES.find((one) => one === filters.state);
  return useKeyset({
    queryKey: ["sms", "messages", state],
    fetchPage: (cursor) => read(api.GET("/api/sms/messages", { params: { query: { state, cursor, limit: PAGE } } })),
  });
}

export const smsPreviewQuery = (draft: SmsDraft) => queryOptions({
  queryKey: ["sms", "preview", draft],
  queryFn: () => read(api.POST("/api/sms/preview", { body: draft })),
  placeholderData: keepPreviousData,
});

function useSmsChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["sms"] }) });
}

export function useChangeSmsAccount(provider: SmsProvider) {
  return useSmsChange((body: SmsAccountChange) => read(api.PUT("/api/channels/sms/{provider}", { params: { path: { provider } }, body })));
}

/** What was asked for is there some seconds later: then everything is read anew. */
const SYNC_MS = 3000;

export function useSyncSms(provider: SmsProvider) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await read(api.POST("/api/channels/sms/{provider}/sync", { params: { path: { provider } } }));
      await new Promise((resolve) => { setTimeout(resolve, SYNC_MS); });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sms"] }),
  });
}

export function useAddSmsSignature() {
  return useSmsChange((body: NewSmsSignature) => read(api.POST("/api/sms/signatures", { body })));
}

export function useMarkSmsTemplate(id: number) {
  return useSmsChange((purpose: SmsPurpose) =>
    read(api.PATCH("/api/sms/templates/{sms_template_id}", { params: { path: { sms_template_id: id } }, body: { purpose } })));
}

export function useTestSms() {
  return useSmsChange((body: SmsTest) => read(api.POST("/api/sms/test", { body })));
}
