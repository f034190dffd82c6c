import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { entered, openSession, proveSecondFactor, sessionQuery } from "@cove/api/session";
import type { Account, ApiKey, ApiKeyCreate, CompanyChange, Invitation, NewInvitation, SecondFactorProof, Session, SignInPolicy } from "@cove/api/types";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const CHOICES = 50;

export const memberChoicesQuery = (search: string) => queryOptions({
  queryKey: ["members", search],
  queryFn: ({ signal }) => read(api.GET("/api/members", { params: { query: { search: search || undefined, limit: CHOICES } }, signal })),
  placeholderData: keepPreviousData,
});

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

export const accountQuery = queryOptions({ queryKey: ["account"], queryFn: () => read(api.GET("/api/account")) });

export const ownSessionsQuery = queryOptions({ queryKey: ["account", "sessions"], queryFn: () => read(api.GET("/api/account/sessions")) });

export const memberSessionsQuery = (memberId: number) => queryOptions({
  queryKey: ["members", "sessions", memberId],
  queryFn: () => read(api.GET("/api/members/{member_id}/sessions", { params: { path: { member_id: memberId } } })),
});

/** A change of one's account; what is shown of it comes anew. */
function useAccountChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: accountQuery.queryKey }) });
}

export function useChangeProfile() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; locale: Account["locale"] }) => read(api.PATCH("/api/account", { body: { name: body.name, locale: body.locale ?? "" } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountQuery.queryKey });
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}

export interface PasswordChange { current_password: string; code: string; password: string }

export const useChangePassword = () => useAccountChange((body: PasswordChange) => read(api.POST("/api/account/password", { body })));
export const useBeginFactor = () => useMutation({ mutationFn: () => read(api.POST("/api/account/second-factor")) });
export const useConfirmFactor = () => useAccountChange((code: string) => read(api.POST("/api/account/second-factor/confirm", { body: { code } })));
export const useFactorOff = () => useAccountChange((body: { password: string; code: string }) => read(api.POST("/api/account/second-factor/turn-off", { body })));
export const useRenewCodes = () => useAccountChange((code: string) => read(api.POST("/api/account/recovery-codes", { body: { code } })));
export const useEndSession = () => useAccountChange((id: number) => read(api.DELETE("/api/account/sessions/{session_id}", { params: { path: { session_id: id } } })));
export const useEndOtherSessions = () => useAccountChange(() => read(api.DELETE("/api/account/sessions")));

export function useEndMemberSessions(memberId: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: number | undefined) => sessionId === undefined
      ? read(api.DELETE("/api/members/{member_id}/sessions", { params: { path: { member_id: memberId } } }))
      : read(api.DELETE("/api/members/{member_id}/sessions/{session_id}", { params: { path: { member_id: memberId, session_id: sessionId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberSessionsQuery(memberId).queryKey }),
  });
}

export const policyQuery = queryOptions({ queryKey: ["sign-in-policy"], queryFn: () => read(api.GET("/api/sign-in-policy")) });

export function useChangePolicy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Pick<SignInPolicy, "second_factor" | "idle_days" | "session_days">) => read(api.PUT("/api/sign-in-policy", { body })),
    onSuccess: (policy) => { queries.setQueryData(policyQuery.queryKey, policy); },
  });
}

export const mailQuery = queryOptions({ queryKey: ["mail-set-up"], queryFn: () => read(api.GET("/api/mail-set-up")) });

export const failedMailsQuery = queryOptions({
  queryKey: ["mails", "failed"],
  queryFn: () => read(api.GET("/api/mails", { params: { query: { state: "failed", limit: 5 } } })),
});

export const rolesToGiveQuery = queryOptions({ queryKey: ["roles", "choices"], queryFn: () => read(api.GET("/api/roles")) });

export const useInvitations = () => useKeyset<Invitation>({
  queryKey: ["invitations"],
  fetchPage: (cursor) => read(api.GET("/api/invitations", { params: { query: { cursor } } })),
});

function useInvitationChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ["invitations"] }) });
}

export const useInvite = () => useInvitationChange((body: NewInvitation) => read(api.POST("/api/invitations", { body })));
export const useResend = () => useInvitationChange((id: number) => read(api.POST("/api/invitations/{invitation_id}/resend", { params: { path: { invitation_id: id } } })));
export const useRevoke = () => useInvitationChange((id: number) => read(api.DELETE("/api/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })));

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
