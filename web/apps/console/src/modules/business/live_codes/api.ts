import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { LiveCodeCreate } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import type { Period } from "@cove/kit/report/period";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
const CHOICES = 100;
export const LIST = "/attract/live-codes";

export function useLiveCodes(filters: UrlState) {
  const query = { search: filters.search, state: filters.state === "deleted" ? ("deleted" as const) : ("active" as const), limit: PAGE };
  return useKeyset({
    queryKey: ["live-codes", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/live-codes", { params: { query: { ...query, cursor } } })),
  });
}

export const codeChoicesQuery = queryOptions({
  queryKey: ["live-codes", "choices"],
  queryFn: () => read(api.GET("/api/live-codes", { params: { query: { state: "active", limit: CHOICES } } })),
});

export const liveCodeQuery = (id: number) => queryOptions({
  queryKey: ["live-codes", "detail", id],
  queryFn: () => read(api.GET("/api/live-codes/{code_id}", { params: { path: { code_id: id } } })),
});

export const codeReportQuery = (id: number, period: Period) => queryOptions({
  queryKey: ["live-codes", "report", id, period],
  queryFn: () => read(api.GET("/api/live-codes/{code_id}/report", { params: { path: { code_id: id }, query: period } })),
  placeholderData: keepPreviousData,
  refetchInterval: 15_000,
});

function useCodeChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["live-codes"] }) });
}

export function useCreateCode() {
  return useCodeChange((body: LiveCodeCreate) => read(api.POST("/api/live-codes", { body })));
}

export function useChangeCode(id: number) {
  return useCodeChange((body: LiveCodeCreate) => read(api.PATCH("/api/live-codes/{code_id}", { params: { path: { code_id: id } }, body })));
}

export function useDeleteCode() {
  return useCodeChange((id: number) => read(api.DELETE("/api/live-codes/{code_id}", { params: { path: { code_id: id } } })));
}

export function useRestoreCode() {
  return useCodeChange((id: number) => read(api.POST("/api/live-codes/{code_id}/restore", { params: { path: { code_id: id } } })));
}

/** Address of a code's picture; `size` in pixels for the PNG. */
export function qrAddress(id: number, kind: "svg" | "png", size = 1024): string {
  return `/api/live-codes/${id.toString()}/qr.${kind}${kind === "png" ? `?size=${size.toString()}` : ""}`;
}
