import type { Job } from "@cove/api/types";
import { useQuery } from "@tanstack/react-query";

import { isOpen, jobsQuery } from "../api";

/** Jobs that wait or run; nothing while that is not known. */
export function useOpenJobs(enabled: boolean): Job[] | undefined {
  return useQuery({ ...jobsQuery, enabled }).data?.items.filter(isOpen);
}
