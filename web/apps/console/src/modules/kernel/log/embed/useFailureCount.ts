import { useQuery } from "@tanstack/react-query";

import { failuresQuery } from "../api";

/** How many facts wait to be retried. */
export function useFailureCount(enabled: boolean): number | undefined {
  return useQuery({ ...failuresQuery, enabled }).data?.items.length;
}
