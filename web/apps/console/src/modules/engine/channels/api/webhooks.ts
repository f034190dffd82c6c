import { api, read } from "@cove/api/client";
import { useKeyset, type Keyset } from "@cove/api/keyset";
import type { Webhook, WebhookWish } from "@cove/api/types";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

export const WEBHOOKS = "/settings/webhooks";
const PAGE = 50;
const LOOK_AGAIN = 5_000;

const webhooksQuery = queryOptions({ queryKey: ["webhooks", "list"], queryFn: () => read(api.GET("/api/webhooks")) });

export function useWebhooks(): Keyset<Webhook> {
  const { data, error, isPending, refetch } = useQuery(webhooksQuery);
  const rows = data?.items ?? [];
  return {
    rows, loading: isPending, error: data ? null : error, retry: () => void refetch(),
    total: data && rows.length, totalExact: true, hasMore: false, loadingMore: false, loadMore: () => undefined,
  };
}

export const webhookKindsQuery = queryOptions({
  queryKey: ["webhook-kinds"],
  queryFn: () => read(api.GET("/api/webhooks/kinds")),
  staleTime: Infinity,
});

export const webhookQuery = (id: number) => queryOptions({
  queryKey: ["webhooks", "detail", id],
  queryFn: () => read(api.GET("/api/webhooks/{webhook_id}", { params: { path: { webhook_id: id } } })),
});

export function useWebhookCalls(id: number, state: "pending" | "delivered" | "dead" | undefined) {
  return useKeyset({
    queryKey: ["webhooks", "calls", id, state],
    fetchPage: (cursor) => read(api.GET("/api/webhooks/{webhook_id}/calls", { params: { path: { webhook_id: id }, query: { state, cursor, limit: PAGE } } })),
    refresh: LOOK_AGAIN,
  });
}

function useWebhookChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["webhooks"] }) });
}

const path = (id: number) => ({ path: { webhook_id: id } });

export function useCreateWebhook() {
  return useWebhookChange((body: WebhookWish) => read(api.POST("/api/webhooks", { body })));
}

export function useChangeWebhook(id: number) {
  return useWebhookChange((body: WebhookWish) => read(api.PUT("/api/webhooks/{webhook_id}", { params: path(id), body })));
}

export function useTurnWebhook(id: number) {
  return useWebhookChange((active: boolean) => read(api.PUT("/api/webhooks/{webhook_id}/active", { params: path(id), body: { active } })));
}

export function useRenewSecret(id: number) {
  return useWebhookChange(() => read(api.POST("/api/webhooks/{webhook_id}/secret", { params: path(id) })));
}

export function useDeleteWebhook(id: number) {
  return useWebhookChange(() => read(api.DELETE("/api/webhooks/{webhook_id}", { params: path(id) })));
}

export function useTestWebhook(id: number) {
  return useWebhookChange(() => read(api.POST("/api/webhooks/{webhook_id}/test", { params: path(id) })));
}

export function useSendDeadAgain(id: number) {
  return useWebhookChange(() => read(api.POST("/api/webhooks/{webhook_id}/send-again", { params: path(id), body: {} })));
}

export function useSendCallAgain() {
  return useWebhookChange((id: number) => read(api.POST("/api/webhook-calls/{call_id}/send-again", { params: { path: { call_id: id } } })));
}
