import { api, read } from "@cove/api/client";
import { sessionQuery } from "@cove/api/session";
import type { Account, SignInPolicy } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

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
