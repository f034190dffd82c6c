import { api, read } from "@cove/api/client";
import { sessionQuery } from "@cove/api/session";
import type { RoleBody } from "@cove/api/types";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const ROLES = "/settings/roles";
const HOLDERS = 100;

export const rolesQuery = queryOptions({
  queryKey: ["roles", "list"],
  queryFn: () => read(api.GET("/api/roles")),
});

export const rightsCatalogueQuery = queryOptions({
  queryKey: ["roles", "catalogue"],
  queryFn: () => read(api.GET("/api/roles/catalogue")),
  staleTime: Infinity,
});

export const roleQuery = (id: number) => queryOptions({
  queryKey: ["roles", "detail", id],
  queryFn: () => read(api.GET("/api/roles/{role_id}", { params: { path: { role_id: id } } })),
});

export const holdersQuery = (id: number, search: string) => queryOptions({
  queryKey: ["roles", "holders", id, search],
  queryFn: () => read(api.GET("/api/roles/{role_id}/members", { params: { path: { role_id: id }, query: { search: search || undefined, limit: HOLDERS } } })),
  placeholderData: keepPreviousData,
});

export const memberRightsQuery = (id: number) => queryOptions({
  queryKey: ["roles", "rights", id],
  queryFn: () => read(api.GET("/api/members/{member_id}/rights", { params: { path: { member_id: id } } })),
});

export const recordChoicesQuery = (operation: string, search: string) => queryOptions({
  queryKey: ["roles", "records", operation, search],
  queryFn: () => read(api.GET("/api/roles/records", { params: { query: { operation, search: search || undefined } } })),
  placeholderData: keepPreviousData,
});

/** What one may do oneself may have changed with a role: the session is read anew, too. */
function useRoleChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["roles"] }),
      queries.invalidateQueries({ queryKey: ["members"] }),
      queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    ]),
  });
}

export function useCreateRole() {
  return useRoleChange((body: RoleBody) => read(api.POST("/api/roles", { body })));
}

export function useChangeRole(id: number) {
  return useRoleChange((body: Partial<RoleBody>) => read(api.PATCH("/api/roles/{role_id}", { params: { path: { role_id: id } }, body })));
}

export function useCopyRole() {
  return useRoleChange(({ id, name }: { id: number; name: string }) =>
    read(api.POST("/api/roles/{role_id}/copies", { params: { path: { role_id: id } }, body: { name } })));
}

export function useDeleteRole() {
  return useRoleChange(({ id, successor }: { id: number; successor?: number }) =>
    read(api.DELETE("/api/roles/{role_id}", { params: { path: { role_id: id }, query: { reassign_to: successor } } })));
}

export function useGrantRole() {
  return useRoleChange(({ id, members }: { id: number; members: number[] }) =>
    read(api.POST("/api/roles/{role_id}/members", { params: { path: { role_id: id } }, body: { member_ids: members } })));
}

export function useRevokeRole() {
  return useRoleChange(({ id, members }: { id: number; members: number[] }) =>
    read(api.POST("/api/roles/{role_id}/members/revoke", { params: { path: { role_id: id } }, body: { member_ids: members } })));
}

export function useAskWhy(memberId: number) {
  return useMutation({
    mutationFn: (body: { operation: string; record_id?: number }) =>
      read(api.POST("/api/members/{member_id}/why", { params: { path: { member_id: memberId } }, body })),
  });
}
