import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { MemberChange, MemberCreate } from "@cove/api/types";
import { urlNumber, type UrlState } from "@cove/kit/list/useUrlState";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { useChange } from "./useChange";

const CHOICES = 50;

/** Whom the list shows besides those who work here, which it does unasked. */
export const ACTIVITIES = ["inactive", "all"] as const;

export const SORTS = ["name", "-name", "-created_at", "created_at"] as const;

const oneOf = <T extends string>(values: readonly T[], value: string | undefined) => values.find((one) => one === value);

export const memberChoicesQuery = (search: string) => queryOptions({
  queryKey: ["members", search],
  queryFn: ({ signal }) => read(api.GET("/api/members", { params: { query: { search: search || undefined, limit: CHOICES } }, signal })),
  placeholderData: keepPreviousData,
});

export function useMembers(state: UrlState) {
  const query = {
    search: state.search,
    department: state.department === "0" ? 0 : urlNumber(state.department),
    below: state.below !== "no",
    role: urlNumber(state.role),
    activity: oneOf(ACTIVITIES, state.activity) ?? ("active" as const),
    sort: oneOf(SORTS, state.sort),
  };
  return useKeyset({
    queryKey: ["members", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/members", { params: { query: { ...query, cursor } } })),
  });
}

export const memberQuery = (id: number) => queryOptions({
  queryKey: ["members", "one", id],
  queryFn: () => read(api.GET("/api/members/{member_id}", { params: { path: { member_id: id } } })),
});

export const twinsQuery = queryOptions({
  queryKey: ["members", "twins"],
  queryFn: () => read(api.GET("/api/members/twins")),
});

export const importQuery = (id: number) => queryOptions({
  queryKey: ["members", "import", id],
  queryFn: () => read(api.GET("/api/members/imports/{import_id}", { params: { path: { import_id: id } } })),
  refetchInterval: ({ state }) => (state.data?.state === "running" ? 1500 : false),
});

export const useAddMember = () => useChange((body: MemberCreate) => read(api.POST("/api/members", { body })));

export const useChangeMember = () => useChange(({ id, body }: { id: number; body: MemberChange }) =>
  read(api.PATCH("/api/members/{member_id}", { params: { path: { member_id: id } }, body })));

export const useMoveMembers = () => useChange((body: { member_ids: number[]; department_id: number }) =>
  read(api.POST("/api/members/move", { body })));

export const useJoinMembers = () => useChange((body: { member_id: number; wecom_member_id: number }) =>
  read(api.POST("/api/members/join", { body })));

export const useUploadMembers = () => useMutation({
  mutationFn: ({ file, createDepartments }: { file: File; createDepartments: boolean }) => {
    const form = new FormData();
    form.append("file", file);
    form.append("create_departments", String(createDepartments));
    return read(api.POST("/api/members/imports", { body: { file: "", create_departments: createDepartments }, bodySerializer: () => form }));
  },
});

export const useConfirmImport = () => useChange(({ id, skip }: { id: number; skip: boolean }) =>
  read(api.POST("/api/members/imports/{import_id}/confirm", { params: { path: { import_id: id } }, body: { skip_faulty: skip } })));

export function useMemberState(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (active: boolean) => active
      ? read(api.POST("/api/members/{member_id}/reactivate", { params: { path: { member_id: id } } }))
      : read(api.POST("/api/members/{member_id}/deactivate", { params: { path: { member_id: id } } })),
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["members"] }),
      queries.invalidateQueries({ queryKey: ["hand-overs"] }),
    ]),
  });
}
