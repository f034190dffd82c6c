import { api, read } from "@cove/api/client";
import type { DepartmentTree } from "@cove/api/types";
import { queryOptions } from "@tanstack/react-query";

import { useChange } from "./useChange";

export const treeQuery = queryOptions({
  queryKey: ["departments"],
  queryFn: () => read(api.GET("/api/departments")),
});

export const moveEffectQuery = (id: number, parentId: number | null) => queryOptions({
  queryKey: ["departments", "effect", id, parentId],
  queryFn: () => read(api.GET("/api/departments/{department_id}/move", {
    params: { path: { department_id: id }, query: { parent_id: parentId ?? undefined } },
  })),
});

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
