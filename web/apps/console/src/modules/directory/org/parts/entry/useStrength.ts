import { useEffect, useState } from "react";

import { strengthOf } from "../../api/entry";

const PAUSE_MS = 250;

export interface Strength {
  score: number;
  enough: boolean;
  advice: string[];
}

/** Ask the server how strong a password is, once typing pauses; it knows what the page cannot (and has the last word). */
export function useStrength(password: string, known: string[]): Strength | undefined {
  const [found, setFound] = useState<{ of: string; strength: Strength }>();
  const words = JSON.stringify(known.filter(Boolean));
  useEffect(() => {
    if (!password) return undefined;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      strengthOf(password, JSON.parse(words) as string[], asking.signal)
        .then((strength) => { setFound({ of: password, strength }); })
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [password, words]);
  return password && found ? found.strength : undefined;
}
