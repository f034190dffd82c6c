import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { NewWechatEntry, WechatSpecialMenuChange, WechatTagging } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const KEY = ["channels", "wechat"] as const;
const SOON = 2000;
const at = (id: number) => ({ params: { path: { wechat_account_id: id } } });
const ofTag = (id: number, tag: number) => ({ params: { path: { wechat_account_id: id, wechat_tag_id: tag } } });
const ofMenu = (id: number, menu: number) => ({ params: { path: { wechat_account_id: id, wechat_menu_id: menu } } });
const ofEntry = (id: number, entry: number) => ({ params: { path: { wechat_account_id: id, wechat_entry_id: entry } } });

export const wechatTagsQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "tags", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/tags", at(id))),
  // WeChat makes or removes a tag within seconds; until then it is asked again.
  refetchInterval: (query) => query.state.data?.items.some((tag) => tag.state === "making" || tag.state === "leaving") ? SOON : false,
});

export const wechatMenusQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "menus", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/menus", at(id))),
  refetchInterval: (query) => query.state.data?.items.some((menu) => menu.leaving || (!menu.put_at && !menu.problem)) ? SOON : false,
});

/** Codes and addresses that open a mini-program; `making`: one of them is not there yet. */
export function useWechatEntries(id: number, making: boolean) {
  return useKeyset({
    queryKey: [...KEY, "entries", id],
    fetchPage: (cursor) => read(api.GET("/api/channels/wechat/{wechat_account_id}/entries", { params: { ...at(id).params, query: { cursor } } })),
    ...(making && { refresh: SOON }),
  });
}

function useWechatChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: KEY }) });
}

export function useSaveTag(id: number, tag: number | undefined) {
  return useWechatChange((name: string) => tag === undefined
    ? read(api.POST("/api/channels/wechat/{wechat_account_id}/tags", { ...at(id), body: { name } }))
    : read(api.PUT("/api/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}", { ...ofTag(id, tag), body: { name } })));
}

export function useRemoveTag(id: number) {
  return useWechatChange((tag: number) => read(api.DELETE("/api/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}", ofTag(id, tag))));
}

export function useTagFollowers(id: number, tag: number) {
  return useWechatChange((body: WechatTagging) =>
    read(api.POST("/api/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}/followers", { ...ofTag(id, tag), body })));
}

export function useSaveSpecialMenu(id: number, menu: number | undefined) {
  return useWechatChange((body: WechatSpecialMenuChange) => menu === undefined
    ? read(api.POST("/api/channels/wechat/{wechat_account_id}/menus", { ...at(id), body }))
    : read(api.PUT("/api/channels/wechat/{wechat_account_id}/menus/{wechat_menu_id}", { ...ofMenu(id, menu), body })));
}

export function useRemoveSpecialMenu(id: number) {
  return useWechatChange((menu: number) => read(api.DELETE("/api/channels/wechat/{wechat_account_id}/menus/{wechat_menu_id}", ofMenu(id, menu))));
}

export function useAddEntry(id: number) {
  return useWechatChange((body: NewWechatEntry) => read(api.POST("/api/channels/wechat/{wechat_account_id}/entries", { ...at(id), body })));
}

export function useRenewEntry(id: number) {
  return useWechatChange((entry: number) =>
    read(api.POST("/api/channels/wechat/{wechat_account_id}/entries/{wechat_entry_id}/renew", ofEntry(id, entry))));
}

export function useRemoveEntry(id: number) {
  return useWechatChange((entry: number) => read(api.DELETE("/api/channels/wechat/{wechat_account_id}/entries/{wechat_entry_id}", ofEntry(id, entry))));
}
