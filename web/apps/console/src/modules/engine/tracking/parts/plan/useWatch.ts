import { listenLive } from "@cove/api/live";
import type { Sighting } from "@cove/api/types";
import { useEffect, useReducer, useRef } from "react";

import { seenOf, watchSource } from "../../api/plan";

const AGAIN = 20_000;
const TIRED = 30 * 60_000;
const KEPT = 500;

interface Watch {
  items: Sighting[];
  error: Error | null;
}

type Act = { kind: "came"; items: Sighting[] } | { kind: "failed"; error: Error } | { kind: "cleared" };

/** Newest first; what came before comes again while it settles, and is then taken as it is now. */
export function watchStep(state: Watch, act: Act): Watch {
  switch (act.kind) {
    case "came": {
      const known = new Map(state.items.map((item) => [item.id, item]));
      for (const item of act.items) known.set(item.id, item);
      return { items: [...known.values()].sort((one, other) => other.id - one.id).slice(0, KEPT), error: null };
    }
    case "failed":
      return { ...state, error: act.error };
    case "cleared":
      return { items: [], error: null };
  }
}

/** Look at a source's events while the page is open and not hidden; it ends by itself on the server when nobody asks any more. */
export function useWatch(source: number | undefined, paused: boolean, tired: () => void): Watch & { clear: () => void } {
  const [state, step] = useReducer(watchStep, { items: [], error: null });
  const newest = useRef(0);
  const told = useRef(tired);
  useEffect(() => { told.current = tired; }, [tired]);
  useEffect(() => { newest.current = Math.max(newest.current, state.items[0]?.id ?? 0); }, [state.items]);
  useEffect(() => {
    newest.current = 0;
    step({ kind: "cleared" });
  }, [source]);
  useEffect(() => {
    if (source === undefined || paused) return;
    const began = Date.now();
    let again = false;
    let left = false;
    const failed = (error: unknown) => { if (!left) step({ kind: "failed", error: error as Error }); };
    const ask = () => seenOf(source, newest.current).then((seen) => { if (!left) step({ kind: "came", items: seen.items }); }, failed);
    const look = () => {
      if (document.hidden) return;
      if (Date.now() - began > TIRED) told.current();
      else void watchSource(source, again).then(() => { again = true; return ask(); }, failed);
    };
    look();
    const timer = setInterval(look, AGAIN);
    document.addEventListener("visibilitychange", look);
    const leave = listenLive(({ name, data }) => { if ((name === "tracking_seen" && data.source_id === source) || name === "look") void ask(); });
    return () => {
      left = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      leave();
    };
  }, [source, paused]);
  return { ...state, clear: () => { step({ kind: "cleared" }); } };
}
