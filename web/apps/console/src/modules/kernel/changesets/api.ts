import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { ChangeSet } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const QUICK = 1_200;
const PAGE = 20;

export function isUnderWay(change: ChangeSet): boolean {
  return change.state === "planning" || change.state === "running" || change.state === "undoing";
}

/** One change; looked at often while it is under way. */
export const changeQuery = (id: number) => queryOptions({
  queryKey: ["changes", id],
  queryFn: () => read(api.GET("/api/change-sets/{change_set_id}", { params: { path: { change_set_id: id } } })),
  refetchInterval: ({ state }) => (!state.data || isUnderWay(state.data) ? QUICK : false),
});

/** The rows of a change that stayed as they were. */
export function useStayed(id: number, state: "skipped" | "conflict") {
  return useKeyset({
    queryKey: ["changes", id, state],
    fetchPage: (cursor) => read(api.GET("/api/change-sets/{change_set_id}/items", {
      params: { path: { change_set_id: id }, query: { state, cursor, limit: PAGE } },
    })),
  });
}

function useChange(act: (id: number) => Promise<ChangeSet>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (change) => { queries.setQueryData(changeQuery(change.id).queryKey, change); },
    onSettled: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["changes"] }),
      queries.invalidateQueries({ queryKey: ["jobs"] }),
      queries.invalidateQueries({ queryKey: ["hand-overs"] }),
    ]),
  });
}

export function useUndoChange() {
  return useChange((id) => read(api.POST("/api/change-sets/{change_set_id}/undo", { params: { path: { change_set_id: id } } })));
}

export function useContinueChange() {
  return useChange((id) => read(api.POST("/api/change-sets/{change_set_id}/continue", { params: { path: { change_set_id: id } } })));
}
