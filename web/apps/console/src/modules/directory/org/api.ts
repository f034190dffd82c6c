import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { openSession, sessionQuery } from "@cove/api/session";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const CHOICES = 50;

export const memberChoicesQuery = (search: string) => queryOptions({
  queryKey: ["members", search],
  queryFn: ({ signal }) => read(api.GET("/api/members", { params: { query: { search: search || undefined, limit: CHOICES } }, signal })),
  placeholderData: keepPreviousData,
});

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
