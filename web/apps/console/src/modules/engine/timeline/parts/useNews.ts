import { listenLive } from "@cove/api/live";
import type { TimelinePage } from "@cove/api/types";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";

import { readPage, sayWatching, timelineKey } from "../api";
import type { TimelineFilters } from "./filters";
import { unseen, withFindings, withNewest, withoutDeleted, type Loaded } from "./news";

const SAY = 60_000;
const PAUSE = 1_500;

/**
 * What is new on an open timeline. The server tells at most once a second that there is something; the page then looks at once and a second
 * time a little later, which finds what came within that second. Reading the newest is left out while another day is shown.
 */
export function useNews(contactId: number, filters: TimelineFilters, atTop: boolean) {
  const queries = useQueryClient();
  const [newest, setNewest] = useState<TimelinePage>();
  const shown = useRef({ filters, atTop });
  useEffect(() => { shown.current = { filters, atTop }; }, [filters, atTop]);

  const take = useCallback((page: TimelinePage) => {
    queries.setQueryData<Loaded>(timelineKey(contactId, shown.current.filters), (loaded) => (loaded ? withNewest(loaded, page) : loaded));
    setNewest(undefined);
  }, [contactId, queries]);

  const look = useCallback(async (oldest?: string) => {
    const asked = shown.current.filters;
    const key = timelineKey(contactId, asked);
    const loaded = queries.getQueryData<Loaded>(key);
    if (!loaded || asked.day || document.visibilityState === "hidden") return;
    const page = await readPage(contactId, asked).catch(() => undefined);
    if (!page || shown.current.filters !== asked) return;
    queries.setQueryData<Loaded>(key, (now) => (now ? withoutDeleted(withFindings(now, page), page) : now));
    const end = page.next_cursor ? page.items.at(-1)?.at : undefined;
    if (oldest && end && Date.parse(oldest) < Date.parse(end)) {
      // Something of long ago came late: it belongs further down.
      void queries.invalidateQueries({ queryKey: key });
    } else if (shown.current.atTop) take(page);
    else setNewest(page);
  }, [contactId, queries, take]);

  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      if (document.visibilityState === "hidden") return;
      void sayWatching(contactId).catch(() => undefined);
      void look();
    };
    void sayWatching(contactId).catch(() => undefined);
    const timer = setInterval(say, SAY);
    document.addEventListener("visibilitychange", say);
    const leave = listenLive(({ name, data }) => {
      if (name === "look") say();
      if (name !== "timeline" || data.contact_id !== contactId || again) return;
      void look(typeof data.oldest === "string" ? data.oldest : undefined);
      again = setTimeout(() => {
        again = undefined;
        void look();
      }, PAUSE);
    });
    return () => {
      clearInterval(timer);
      clearTimeout(again);
      document.removeEventListener("visibilitychange", say);
      leave();
    };
  }, [contactId, look]);

  const loaded = queries.getQueryData<Loaded>(timelineKey(contactId, filters));
  const waiting = newest && loaded ? unseen(loaded, newest).length : 0;
  const show = useCallback(() => { if (newest) take(newest); }, [newest, take]);
  return { waiting, full: waiting > 0 && waiting === newest?.items.length && Boolean(newest.next_cursor), show };
}
