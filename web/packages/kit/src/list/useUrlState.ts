import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

export type UrlState = Record<string, string | undefined>;

/** Filters live in the URL, so that a link shows the same list. Values left out are removed. */
export function useUrlState(): [UrlState, (change: UrlState) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo<UrlState>(() => Object.fromEntries(params), [params]);
  const change = useCallback(
    (values: UrlState) => {
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(values)) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return [state, change];
}

/** A positive whole number from the URL, or nothing when somebody wrote something else. */
export function urlNumber(value: string | undefined): number | undefined {
  return value && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : undefined;
}
