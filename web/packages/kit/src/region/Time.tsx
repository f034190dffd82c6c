import { useSyncExternalStore } from "react";

import { exactTime, relativeTime } from "./format";
import { useRegion } from "./Region";

const TICK = 30_000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

// One clock for all times on the page, so that they turn together.
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) now = new Date();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}

/** A moment: relative to read, exact in the tenant's zone on hover. */
export function Time({ at }: { at: string | null | undefined }) {
  const { language, timezone } = useRegion();
  const moment = useNow();
  if (!at) return <>—</>;
  return (
    <time dateTime={at} title={exactTime(at, language, timezone)}>
      {relativeTime(at, moment, language, timezone)}
    </time>
  );
}
