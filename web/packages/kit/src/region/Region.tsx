import { createContext, use, useState } from "react";

export type Language = "zh-CN" | "en";

/** Where and who the reader is: decides words, dates, and where his own settings are kept. */
export interface RegionState {
  language: Language;
  /** IANA name of the tenant's zone. */
  timezone: string;
  /** Prefix of this member's own settings in localStorage. */
  owner: string;
}

export const Region = createContext<RegionState>({ language: "zh-CN", timezone: "Asia/Shanghai", owner: "nobody" });

export function useRegion(): RegionState {
  return use(Region);
}

/** State kept in this browser for this member. */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `cove.${useRegion().owner}.${name}`;
  const [state, setState] = useState(() => ({ key, value: readKept<T>(key) }));
  // Another member on the same page has his own.
  if (state.key !== key) setState({ key, value: readKept<T>(key) });
  const keep = (next: T) => {
    setState({ key, value: next });
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [state.value ?? initial, keep];
}

function readKept<T>(key: string): T | undefined {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? undefined : (JSON.parse(stored) as T);
  } catch {
    return undefined; // Written by an older version, or by hand.
  }
}
