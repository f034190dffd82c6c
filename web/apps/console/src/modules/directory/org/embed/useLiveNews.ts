import { listenLive } from "@cove/api/live";
import { sessionQuery } from "@cove/api/session";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

const JOBS_PAUSE = 1_000;

/** Keep what is shown in step with what the server tells: notices, jobs, the end of the session. `arrived` is called for a new notice. */
export function useLiveNews(arrived: (urgent: boolean) => void): void {
  const queries = useQueryClient();
  const told = useRef(arrived);
  useEffect(() => { told.current = arrived; }, [arrived]);
  useEffect(() => {
    let jobs: ReturnType<typeof setTimeout> | undefined;
    const leave = listenLive(({ name, data }) => {
      if (name === "signed_out") void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      if (name === "notice" || name === "notice_read" || name === "look") void queries.invalidateQueries({ queryKey: ["notices"] });
      if (name === "notice") told.current(data.urgent === true);
      if (name === "job" || name === "look") {
        jobs ??= setTimeout(() => {
          jobs = undefined;
          void queries.invalidateQueries({ queryKey: ["jobs"] });
        }, JOBS_PAUSE);
      }
    });
    return () => {
      clearTimeout(jobs);
      leave();
    };
  }, [queries]);
}
