import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { jobQuery } from "../api";

/** Do something once when a job is through. */
export function useJobDone(id: number, act: () => void): void {
  const done = useQuery(jobQuery(id)).data?.state === "done";
  useEffect(() => {
    if (done) act();
  }, [done, act]);
}
