import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { openSession, sessionQuery } from "@cove/api/session";
import type { ApiKey, ApiKeyCreate, CompanyChange, DepartmentTree, MemberChange, MemberCreate } from "@cove/api/types";
import { urlNumber, type UrlState } from "@cove/kit/list/useUrlState";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const CHOICES = 50;
export const ACTIVITIES = ["active", "inactive"] as const;
export const SORTS = ["name", "-name", "-created_at", "created_at"] as const;

const oneOf = <T extends string>(values: readonly T[], value: string | undefined) => values.find((one) => one === value);

export const memberChoicesQuery = (search: string) => queryOptions({
  queryKey: ["members", search],
  queryFn: ({ signal }) => read(api.GET("/api/members", { params: { query: { search: search || undefined, limit: CHOICES } }, signal })),
  placeholderData: keepPreviousData,
});

export const treeQuery = queryOptions({
  queryKey: ["departments"],
  queryFn: () => read(api.GET("/api/departments")),
});

export function useMembers(state: UrlState) {
  const query = {
    search: state.search,
    department: state.department === "0" ? 0 : urlNumber(state.department),
    below: state.below !== "no",
    role: urlNumber(state.role),
    activity: oneOf(ACTIVITIES, state.activity),
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

export const moveEffectQuery = (id: number, parentId: number | null) => queryOptions({
  queryKey: ["departments", "effect", id, parentId],
  queryFn: () => read(api.GET("/api/departments/{department_id}/move", {
    params: { path: { department_id: id }, query: { parent_id: parentId ?? undefined } },
  })),
});

export const importQuery = (id: number) => queryOptions({
  queryKey: ["members", "import", id],
  queryFn: () => read(api.GET("/api/members/imports/{import_id}", { params: { path: { import_id: id } } })),
  refetchInterval: ({ state }) => (state.data?.state === "running" ? 1500 : false),
});

/** A change of the organisation: what shows members or departments is read again. */
function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["departments"] }),
      queries.invalidateQueries({ queryKey: ["members"] }),
    ]),
  });
}

export const useAddDepartment = () => useChange((body: { name: string; parent_id: number | null }) =>
  read(api.POST("/api/departments", { body })));

export const useRenameDepartment = () => useChange(({ id, name }: { id: number; name: string }) =>
  read(api.PATCH("/api/departments/{department_id}", { params: { path: { department_id: id } }, body: { name } })));

export interface Move {
  id: number;
  parentId: number | null;
  beforeId: number | null;
}

export const useMoveDepartment = () => useChange(({ id, parentId, beforeId }: Move): Promise<DepartmentTree> =>
  read(api.POST("/api/departments/{department_id}/move", {
    params: { path: { department_id: id } }, body: { parent_id: parentId, before_id: beforeId },
  })));

export const useDeleteDepartment = () => useChange(async ({ id, join }: { id: number; join: boolean }) => {
  await read(api.DELETE("/api/departments/{department_id}", {
    params: { path: { department_id: id }, query: { join_parent: join } },
  }));
});

export const useChooseLeaders = () => useChange(({ id, members }: { id: number; members: number[] }) =>
  read(api.PUT("/api/departments/{department_id}/leaders", { params: { path: { department_id: id } }, body: { member_ids: members } })));

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

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: ["sign-in"],
    mutationFn: ({ email, password }: { email: string; password: string }) => openSession(email, password),
    onSuccess: (session) => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
      queries.setQueryData(sessionQuery.queryKey, session);
    },
  });
}

export type KeyScopes = ApiKeyCreate["rights"];

export function useApiKeys() {
  return useKeyset<ApiKey>({
    queryKey: ["api-keys"],
    fetchPage: (cursor) => read(api.GET("/api/api-keys", { params: { query: { cursor, limit: CHOICES } } })),
  });
}

export const keyChoicesQuery = queryOptions({
  queryKey: ["api-keys", "choices"],
  queryFn: () => read(api.GET("/api/api-keys/choices")),
});

export function useCreateKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ApiKeyCreate) => read(api.POST("/api/api-keys", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.DELETE("/api/api-keys/{key_id}", { params: { path: { key_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}

export const companyQuery = queryOptions({
  queryKey: ["company"],
  queryFn: () => read(api.GET("/api/company")),
});

export function useChangeCompany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CompanyChange) => read(api.PUT("/api/company", { body })),
    onSuccess: (company) => {
      queries.setQueryData(companyQuery.queryKey, company);
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}
