import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export interface Share {
  member_id: number;
  share: number;
}

/** What a member owns and who would get how many of it. */
export const handOverPreviewQuery = (memberId: number, successors: Share[]) => queryOptions({
  queryKey: ["hand-overs", "preview", memberId, successors],
  queryFn: () => read(api.POST("/api/hand-overs/preview", { body: { member_id: memberId, successors } })),
  placeholderData: keepPreviousData,
});

export const waitingQuery = queryOptions({
  queryKey: ["hand-overs", "waiting"],
  queryFn: () => read(api.GET("/api/hand-overs/waiting")),
});

export function useHandOvers() {
  return useKeyset({
    queryKey: ["hand-overs", "list"],
    fetchPage: (cursor) => read(api.GET("/api/hand-overs", { params: { query: { cursor } } })),
  });
}

interface NewHandOver {
  member_id: number;
  successors: Share[];
  kinds: string[];
  why: string;
}

export function useStartHandOver() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewHandOver) => read(api.POST("/api/hand-overs", { body })),
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["hand-overs"] }),
      queries.invalidateQueries({ queryKey: ["jobs"] }),
    ]),
  });
}
