import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { NewWechatMass, WechatMassMessage, WechatMassTarget, WechatTemplateTest } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const KEY = ["channels", "wechat"] as const;
const SOON = 2000;
const CHOICES = 200;
const at = (id: number) => ({ params: { path: { wechat_account_id: id } } });

/** Drafts to choose from: the newest, as many as one page may hold. */
export const wechatDraftsQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "drafts", id, "choices"],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/drafts", { params: { ...at(id).params, query: { limit: CHOICES } } })),
});

/** An account's drafts, newest first; `publishing`: one is being published, which ends within seconds or minutes. */
export function useWechatDrafts(id: number, publishing: boolean) {
  return useKeyset({
    queryKey: [...KEY, "drafts", id, "list"],
    fetchPage: (cursor) => read(api.GET("/api/channels/wechat/{wechat_account_id}/drafts", { params: { ...at(id).params, query: { cursor } } })),
    ...(publishing && { refresh: SOON }),
  });
}

/** An account's mass messages, newest first; `waiting`: WeChat has not taken one yet. */
export function useWechatMasses(id: number, waiting: boolean) {
  return useKeyset({
    queryKey: [...KEY, "mass", id],
    fetchPage: (cursor) => read(api.GET("/api/channels/wechat/{wechat_account_id}/mass", { params: { ...at(id).params, query: { cursor } } })),
    ...(waiting && { refresh: SOON }),
  });
}

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
