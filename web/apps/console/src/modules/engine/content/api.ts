import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { LinkChange, LinkCreate } from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import type { Period } from "@cove/kit/report/period";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
const CHOICES = 20;
export const LIST = "/attract/links";

export function useLinks(filters: UrlState) {
  const state = filters.state === "closed" || filters.state === "deleted" ? filters.state : "active";
  const query = { search: filters.search, state, limit: PAGE } as const;
  return useKeyset({
    queryKey: ["links", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/links", { params: { query: { ...query, cursor } } })),
  });
}

export const linkQuery = (id: number) => queryOptions({
  queryKey: ["links", "detail", id],
  queryFn: () => read(api.GET("/api/links/{link_id}", { params: { path: { link_id: id } } })),
});

export const linkReportQuery = (id: number, period: Period) => queryOptions({
  queryKey: ["links", "report", id, period],
  queryFn: () => read(api.GET("/api/links/{link_id}/report", { params: { path: { link_id: id }, query: period } })),
  placeholderData: keepPreviousData,
  refetchInterval: 15_000,
});

export function useRecipients(id: number) {
  return useKeyset({
    queryKey: ["links", "recipients", id],
    fetchPage: (cursor) => read(api.GET("/api/links/{link_id}/recipients", { params: { path: { link_id: id }, query: { cursor, limit: PAGE } } })),
  });
}

export const contactChoicesQuery = (search: string) => queryOptions({
  queryKey: ["links", "contacts", search],
  queryFn: () => read(api.GET("/api/contacts", { params: { query: { search, limit: CHOICES } } })),
  placeholderData: keepPreviousData,
});

export const personalLinkQuery = (id: number, contact: number | undefined) => queryOptions({
  queryKey: ["links", "personal", id, contact],
  queryFn: () => read(api.GET("/api/links/{link_id}/personal/{contact_id}", { params: { path: { link_id: id, contact_id: contact ?? 0 } } })),
  enabled: contact !== undefined,
});

function useLinkChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["links"] }) });
}

export function useCreateLink() {
  return useLinkChange((body: LinkCreate) => read(api.POST("/api/links", { body })));
}

export function useChangeLink(id: number) {
  return useLinkChange((body: LinkChange) => read(api.PATCH("/api/links/{link_id}", { params: { path: { link_id: id } }, body })));
}

export function useDeleteLink() {
  return useLinkChange((id: number) => read(api.DELETE("/api/links/{link_id}", { params: { path: { link_id: id } } })));
}

export function useRestoreLink() {
  return useLinkChange((id: number) => read(api.POST("/api/links/{link_id}/restore", { params: { path: { link_id: id } } })));
}

/** Address of a link's picture; `size` in pixels for the PNG. */
export function qrAddress(id: number, kind: "svg" | "png", size = 1024): string {
  return `/api/links/${id.toString()}/qr.${kind}${kind === "png" ? `?size=${size.toString()}` : ""}`;
}
