import { listenLive } from "@cove/api/live";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Milliseconds. Members act in crowds; what is shown is asked for again once for all of them. */
const PAUSE = 500;

/** Ask again for what is kept under `key` when an event of this name comes, or when the stream was interrupted. */
export function useLiveAgain(event: string, key: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = listenLive(({ name }) => {
      if (name !== event && name !== "look") return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: [key] });
      }, PAUSE);
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [queries, event, key]);
}
