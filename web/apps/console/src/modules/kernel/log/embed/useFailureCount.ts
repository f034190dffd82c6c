import { useQuery } from "@tanstack/react-query";

import { failureCountQuery } from "../api";

/** How many facts wait to be retried. */
export function useFailureCount(enabled: boolean): number | undefined {
  return useQuery({ ...failureCountQuery, enabled }).data;
}
