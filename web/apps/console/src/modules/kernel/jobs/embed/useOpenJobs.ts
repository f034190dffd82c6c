import type { Job } from "@cove/api/types";
import { useQuery } from "@tanstack/react-query";

import { isOpen, jobsQuery } from "../api";

/** Jobs that wait or run; nothing while that is not known. */
export function useOpenJobs(): Job[] | undefined {
  return useQuery(jobsQuery).data?.items.filter(isOpen);
}
