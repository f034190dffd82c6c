import { api, read } from "@cove/api/client";
import { entered, openSession, proveSecondFactor, sessionQuery } from "@cove/api/session";
import type { SecondFactorProof, Session } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

// Refusals of these are told on their forms, and do not end a session: see the query client.
const ENTRY = ["sign-in"];

export function useSignIn() {
  return useMutation({
    mutationKey: ENTRY,
    mutationFn: ({ email, password }: { email: string; password: string }) => openSession(email, password),
  });
}

export function useSecondStep() {
  return useMutation({ mutationKey: ENTRY, mutationFn: (proof: SecondFactorProof) => proveSecondFactor(proof) });
}

/** Begin to use a session: what an earlier one had read is forgotten. */
export function useEnter(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    queries.setQueryData(sessionQuery.queryKey, session);
  };
}

export function useAskForReset() {
  return useMutation({ mutationKey: ENTRY, mutationFn: (email: string) => read(api.POST("/api/password-resets", { body: { email } })) });
}

export const resetQuery = (token: string) => queryOptions({
  queryKey: ["reset", token],
  queryFn: () => read(api.POST("/api/password-resets/read", { body: { token } })),
  staleTime: Infinity,
});

export function useReset() {
  return useMutation({
    mutationKey: ENTRY,
    mutationFn: (body: { token: string; password: string }) => read(api.POST("/api/password-resets/use", { body })),
  });
}

export const invitationQuery = (token: string) => queryOptions({
  queryKey: ["invitation", token],
  queryFn: () => read(api.POST("/api/invitations/read", { body: { token } })),
  staleTime: Infinity,
});

export function useAcceptInvitation() {
  return useMutation({
    mutationKey: ENTRY,
    mutationFn: async (body: { token: string; name: string; password: string }) => entered(await read(api.POST("/api/invitations/accept", { body }))),
  });
}

export const strengthOf = (password: string, known: string[], signal: AbortSignal) =>
  read(api.POST("/api/password-strength", { body: { password, known }, signal }));
