import { useCallback, useRef, useState } from "react";

import { useRegion } from "../region/Region";

const PAUSE = 400;

export interface Draft<Values> {
  /** What was kept from last time; read once. */
  kept: Values | undefined;
  keep: (values: Values) => void;
  drop: () => void;
}

/** Work that is not saved yet, kept in this browser so that it is never lost. */
export function useDraft<Values>(name: string): Draft<Values> {
  const key = `cove.${useRegion().owner}.draft.${name}`;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [kept] = useState(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null") as Values | null ?? undefined;
    } catch {
      return undefined; // Written by an older version.
    }
  });
  const keep = useCallback((values: Values) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { localStorage.setItem(key, JSON.stringify(values)); }, PAUSE);
  }, [key]);
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    localStorage.removeItem(key);
  }, [key]);
  return { kept, keep, drop };
}
