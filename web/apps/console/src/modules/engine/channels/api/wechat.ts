import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { NewWechatAccount, NewWechatCode, WechatAccountChange, WechatMenuButton, WechatReplyChange } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const KEY = ["channels", "wechat"] as const;
const at = (id: number) => ({ params: { path: { wechat_account_id: id } } });

export const wechatAccountsQuery = queryOptions({ queryKey: [...KEY, "list"], queryFn: () => read(api.GET("/api/channels/wechat")) });

export const wechatAccountQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "account", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}", at(id))),
});

export const wechatRepliesQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "replies", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/replies", at(id))),
});

/** An account's codes, newest first; `making`: the picture of one is not there yet. */
export function useWechatCodes(id: number, making: boolean) {
  return useKeyset({
    queryKey: [...KEY, "codes", id],
    fetchPage: (cursor) => read(api.GET("/api/channels/wechat/{wechat_account_id}/codes", { params: { ...at(id).params, query: { cursor } } })),
    ...(making && { refresh: 2000 }),
  });
}

/** Who came by a code, whoever did last first. */
export function useWechatScanners(id: number, code: number) {
  return useKeyset({
    queryKey: [...KEY, "scanners", id, code],
    fetchPage: (cursor) => read(api.GET("/api/channels/wechat/{wechat_account_id}/codes/{wechat_code_id}/scanners", {
      params: { path: { wechat_account_id: id, wechat_code_id: code }, query: { cursor } },
    })),
  });
}

export const wechatMenuQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "menu", id],
  queryFn: () => read(api.GET("/api/channels/wechat/{wechat_account_id}/menu", at(id))),
});

function useWechatChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: KEY }) });
}

export function useAddWechat() {
  return useWechatChange((body: NewWechatAccount) => read(api.POST("/api/channels/wechat", { body })));
}

export function useChangeWechat(id: number) {
  return useWechatChange((body: WechatAccountChange) => read(api.PUT("/api/channels/wechat/{wechat_account_id}", { ...at(id), body })));
}

export function useRemoveWechat() {
  return useWechatChange((id: number) => read(api.DELETE("/api/channels/wechat/{wechat_account_id}", at(id))));
}

export function useCheckWechat(id: number) {
  return useMutation({ mutationFn: () => read(api.POST("/api/channels/wechat/{wechat_account_id}/check", at(id))) });
}

export function useSyncWechat(id: number) {
  return useMutation({ mutationFn: () => read(api.POST("/api/channels/wechat/{wechat_account_id}/sync", at(id))) });
}

export function useSaveReply(id: number, replyId: number | undefined) {
  return useWechatChange((body: WechatReplyChange) => replyId === undefined
    ? read(api.POST("/api/channels/wechat/{wechat_account_id}/replies", { ...at(id), body }))
    : read(api.PUT("/api/channels/wechat/{wechat_account_id}/replies/{wechat_reply_id}", {
      params: { path: { wechat_account_id: id, wechat_reply_id: replyId } }, body,
    })));
}

export function useRemoveReply(id: number) {
  return useWechatChange((replyId: number) => read(api.DELETE("/api/channels/wechat/{wechat_account_id}/replies/{wechat_reply_id}", {
    params: { path: { wechat_account_id: id, wechat_reply_id: replyId } },
  })));
}

export function useSaveCode(id: number, codeId: number | undefined) {
  return useWechatChange((body: NewWechatCode) => codeId === undefined
    ? read(api.POST("/api/channels/wechat/{wechat_account_id}/codes", { ...at(id), body }))
    : read(api.PUT("/api/channels/wechat/{wechat_account_id}/codes/{wechat_code_id}", {
      params: { path: { wechat_account_id: id, wechat_code_id: codeId } },
      body: { name: body.name, tag_ids: body.tag_ids, messages: body.messages },
    })));
}

export function useSaveMenu(id: number) {
  return useWechatChange((buttons: WechatMenuButton[]) =>
    read(api.PUT("/api/channels/wechat/{wechat_account_id}/menu", { ...at(id), body: { buttons } })));
}
