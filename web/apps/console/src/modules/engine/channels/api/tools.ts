import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { WecomMassRule, WecomToolBody } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
// What the platform answers comes a moment later.
const SOON = 3000;
export const TOOLS = "/attract/wecom-tools";
export const KINDS = ["link", "join", "welcome", "words"] as const;

export function useTools(filters: UrlState) {
  const kind = KINDS.find((one) => one === filters.kind) ?? "";
  const query = { search: filters.search, kind, limit: PAGE } as const;
  return useKeyset({
    queryKey: ["wecom-tools", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/wecom-tools", { params: { query: { ...query, cursor } } })),
  });
}

export const linkCustomersQuery = (id: number) => queryOptions({
  queryKey: ["wecom-tools", "customers", id],
  queryFn: () => read(api.GET("/api/wecom-tools/{wecom_tool_id}/customers", { params: { path: { wecom_tool_id: id } } })),
  retry: false,
});

function useToolChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: ["wecom-tools", "list"] });
  return useMutation({ mutationFn: change, onSuccess: () => { setTimeout(() => void again(), SOON); return again(); } });
}

/** Make a tool, or change the one with this number. */
export const useSaveTool = (id: number | undefined) => useToolChange((tool: WecomToolBody) => id === undefined
  ? read(api.POST("/api/wecom-tools", { body: { tool } }))
  : read(api.PUT("/api/wecom-tools/{wecom_tool_id}", { params: { path: { wecom_tool_id: id } }, body: { tool } })));

export const useRemoveTool = () => useToolChange((id: number) =>
  read(api.DELETE("/api/wecom-tools/{wecom_tool_id}", { params: { path: { wecom_tool_id: id } } })));

export const massRuleQuery = queryOptions({
  queryKey: ["channels", "wecom", "mass-rule"],
  queryFn: () => read(api.GET("/api/channels/wecom/mass-rule")),
});

export function useChooseMassRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rule: WecomMassRule["rule"]) => read(api.PUT("/api/channels/wecom/mass-rule", { body: { rule } })),
    onSuccess: (chosen) => { queries.setQueryData(massRuleQuery.queryKey, chosen); },
  });
}

export const archiveQuery = queryOptions({
  queryKey: ["channels", "wecom", "archive"],
  queryFn: () => read(api.GET("/api/channels/wecom/archive")),
});

export function useKeepArchive() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) => read(api.PUT("/api/channels/wecom/archive", { body: { on } })),
    onSuccess: (kept) => { queries.setQueryData(archiveQuery.queryKey, kept); },
  });
}

export const kfAccountsQuery = queryOptions({
  queryKey: ["channels", "wecom", "kf-accounts"],
  queryFn: () => read(api.GET("/api/channels/wecom/kf-accounts")),
});

export function useChooseServicers(id: number) {
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: kfAccountsQuery.queryKey });
  return useMutation({
    mutationFn: (member_ids: number[]) => read(api.PUT("/api/channels/wecom/kf-accounts/{kf_account_id}", {
      params: { path: { kf_account_id: id } }, body: { member_ids },
    })),
    onSuccess: () => { setTimeout(() => void again(), SOON); },
  });
}
