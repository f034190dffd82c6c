import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { CreditTerms, CreditTopUp, TenantCreate, TenantRename, TenantRow } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const KEY = ["installation"] as const;

export function useTenants(search: string | undefined) {
  return useKeyset<TenantRow>({
    queryKey: [...KEY, "list", search],
    fetchPage: (cursor) => read(api.GET("/api/installation/tenants", { params: { query: { cursor, search } } })),
  });
}

export const tenantQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "detail", id],
  queryFn: () => read(api.GET("/api/installation/tenants/{tenant_id}", { params: { path: { tenant_id: id } } })),
});

export function useCreateTenant() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TenantCreate) => read(api.POST("/api/installation/tenants", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRenameTenant(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TenantRename) => read(api.PATCH("/api/installation/tenants/{tenant_id}", { params: { path: { tenant_id: id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useSuspendTenant(id: number) {
  const queries = useQueryClient();
  const params = { path: { tenant_id: id } };
  return useMutation({
    mutationFn: (suspended: boolean) => read(suspended
      ? api.POST("/api/installation/tenants/{tenant_id}/suspend", { params })
      : api.POST("/api/installation/tenants/{tenant_id}/resume", { params })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

const CREDITS = "/api/installation/tenants/{tenant_id}/credits";

export const creditsQuery = (id: number) => queryOptions({
  queryKey: [...KEY, "credits", id],
  queryFn: () => read(api.GET(CREDITS, { params: { path: { tenant_id: id } } })),
});

export function useSetCredits(id: number, tariff: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CreditTerms) => read(api.PUT(`${CREDITS}/{tariff}`, { params: { path: { tenant_id: id, tariff } }, body })),
    onSuccess: (found) => { queries.setQueryData(creditsQuery(id).queryKey, found); },
  });
}

export function useTopUp(id: number, tariff: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CreditTopUp) => read(api.POST(`${CREDITS}/{tariff}/top-ups`, { params: { path: { tenant_id: id, tariff } }, body })),
    onSuccess: (found) => { queries.setQueryData(creditsQuery(id).queryKey, found); },
  });
}
