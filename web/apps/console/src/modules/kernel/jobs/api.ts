import { api, read } from "@cove/api/client";
import type { Job } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const QUICK = 1_500;
const SLOW = 20_000;

export function isOpen(job: Job): boolean {
  return job.state === "waiting" || job.state === "running";
}

/** All jobs; looked at often while one runs, seldom else. */
export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: () => read(api.GET("/api/jobs")),
  refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? QUICK : SLOW),
});

export const jobQuery = (id: number) => queryOptions({
  queryKey: ["jobs", id],
  queryFn: () => read(api.GET("/api/jobs/{job_id}", { params: { path: { job_id: id } } })),
  refetchInterval: ({ state }) => (!state.data || isOpen(state.data) ? QUICK : false),
});

export function useCancelJob() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(api.POST("/api/jobs/{job_id}/cancel", { params: { path: { job_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}
