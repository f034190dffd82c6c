import { ApiError } from "@cove/api/errors";
import { sessionQuery } from "@cove/api/session";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

const RETRIES = 2;

/** A session that ended elsewhere shows the sign-in page, at the same address. */
function noticeEnd(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) queryClient.setQueryData(sessionQuery.queryKey, null);
}

/** What was refused stays refused; only a server out of reach is worth asking again. */
function worthRetrying(failures: number, error: unknown): boolean {
  const passing = !(error instanceof ApiError) || error.status === 0 || error.status >= 502;
  return passing && failures < RETRIES;
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      // Signing in with a wrong password is answered with 401 as well, and told on its form.
      if (mutation.options.mutationKey?.[0] !== "sign-in") noticeEnd(error);
    },
  }),
  defaultOptions: { queries: { retry: worthRetrying, staleTime: 10_000 } },
});
