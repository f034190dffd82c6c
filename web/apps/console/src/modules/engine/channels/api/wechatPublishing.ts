import { api, read } from "@cove/api/client";
import type { NewWechatMass, WechatMassMessage, WechatMassTarget, WechatTemplateTest } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const KEY = ["channels", "wechat"] as const;
const SOON = 2000;
const at = (id: number) => ({ params: { path: { wechat_account_id: id } } });

export const wechatDraftsQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "drafts", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/drafts", at(id))),
  // Publishing ends within seconds or minutes; until then it is asked again.
  refetchInterval: (query) => query.state.data?.items.some((draft) => draft.state === "publishing") ? SOON : false,
});

export const wechatMassQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "mass", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/mass", at(id))),
  refetchInterval: (query) => query.state.data?.items.some((one) => one.state === "waiting") ? SOON : false,
});

export const wechatTemplatesQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "templates", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/templates", at(id))),
});

export const wechatReachQuery = (id: number, target: WechatMassTarget) => queryOptions({
  queryKey: [...KEY, "reach", id, target],
  queryFn: () => read(api.POST("/api/channels/wechat/{wechat_account_id}/mass/reach", { ...at(id), body: { target } })),
  enabled: target.kind === "all" || Boolean(target.tag_id),
});

export function usePublishDraft(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: number) => read(api.POST("/api/channels/wechat/{wechat_account_id}/drafts/{wechat_draft_id}/publish", {
      params: { path: { wechat_account_id: id, wechat_draft_id: draft } },
    })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...KEY, "drafts", id] }),
  });
}

export function useSendMass(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewWechatMass) => read(api.POST("/api/channels/wechat/{wechat_account_id}/mass", { ...at(id), body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...KEY, "mass", id] }),
  });
}

export function useTryMass(id: number) {
  return useMutation({
    mutationFn: (body: { message: WechatMassMessage; contact_id: number }) =>
      read(api.POST("/api/channels/wechat/{wechat_account_id}/mass/test", { ...at(id), body })),
  });
}

export function useTryTemplate(id: number, template: number) {
  return useMutation({
    mutationFn: (body: WechatTemplateTest) => read(api.POST("/api/channels/wechat/{wechat_account_id}/templates/{wechat_template_id}/test", {
      params: { path: { wechat_account_id: id, wechat_template_id: template } }, body,
    })),
  });
}
