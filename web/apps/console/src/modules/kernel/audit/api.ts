import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { AuditAsked } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { AUDIT_KEY } from "./embed/keys";

const PAGE = 50;
export const LIST = "/settings/audit";

/** The filters of the URL as the server takes them; `days` is two days with a tilde between. */
export function askedOf(state: Record<string, string | undefined>): AuditAsked {
  const [first, last] = (state.days ?? "").split("~");
  return {
    member_id: state.member_id ? Number(state.member_id) : undefined,
    deed: state.deed ?? "",
    operation: state.operation ?? "",
    command: "",
    record: state.record ?? "",
    record_id: state.record_id ? Number(state.record_id) : undefined,
    outcome: state.outcome as AuditAsked["outcome"],
    door: state.door as AuditAsked["door"],
    first_day: first === "" ? undefined : first,
    last_day: last,
    search: state.search ?? "",
  };
}

export function useEntries(state: Record<string, string | undefined>) {
  const asked = askedOf(state);
  return useKeyset({
    queryKey: [AUDIT_KEY, "list", asked],
    fetchPage: (cursor) => read(api.GET("/api/audit", { params: { query: { ...asked, cursor, limit: PAGE } } })),
  });
}

export const entryQuery = (id: number) => queryOptions({
  queryKey: [AUDIT_KEY, "entry", id],
  queryFn: () => read(api.GET("/api/audit/{entry_id}", { params: { path: { entry_id: id } } })),
});

export const choicesQuery = queryOptions({
  queryKey: [AUDIT_KEY, "choices"],
  queryFn: () => read(api.GET("/api/audit/choices")),
  staleTime: Infinity,
});

export function useExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ asked, kind }: { asked: AuditAsked; kind: "csv" | "xlsx" }) => read(api.POST("/api/audit/export", { body: { asked, kind } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}
