import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, read, rememberCsrf } from "./client";
import { ApiError } from "./errors";
import type { Operation } from "./operations";
import type { Locale, SecondFactorAsked, SecondFactorProof, Session, SignedIn } from "./types";

/** The session, or null for a visitor who has not signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Session | null> => {
    try {
      return keep(await read(api.GET("/api/session")));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

function keep(session: Session): Session {
  rememberCsrf(session.csrf_token);
  return session;
}

/** The first step of signing in: the session, or the wish for a second factor. */
export async function openSession(email: string, password: string): Promise<Session | SecondFactorAsked> {
  return entered(await read(api.POST("/api/session", { body: { email, password } })));
}

/** The second step of signing in. */
export async function proveSecondFactor(proof: SecondFactorProof): Promise<SignedIn> {
  const answer = await read(api.POST("/api/session/second-factor", { body: proof }));
  rememberCsrf(answer.csrf_token);
  return answer;
}

/** Remember the CSRF token of a session that was just opened, in whatever way. */
export function entered(answer: Session | SecondFactorAsked): Session | SecondFactorAsked {
  return "csrf_token" in answer ? keep(answer) : answer;
}

export async function changeLocale(locale: Locale): Promise<Session> {
  return keep(await read(api.PATCH("/api/session", { body: { locale } })));
}

export async function closeSession(): Promise<void> {
  await read(api.DELETE("/api/session"));
}

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** Tell whether the member holds a right: what a person may not do is not shown. */
export function useMay(): (operation: Operation | undefined) => boolean {
  const session = useQueryClient().getQueryData(sessionQuery.queryKey);
  return (operation) => operation === undefined || (session?.operations.some((held) => held === operation) ?? false);
}
