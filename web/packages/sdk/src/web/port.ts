/** The browser, as far as the SDK needs it. In-app browsers block storage in parts or altogether: then cookies, then memory. */
import type { Port } from "../core/port";
import type { Options } from "./types";

const TWO_YEARS = 63_072_000;
const LONGEST_COOKIE = 2000;

export const LIBRARY = "web/1.0.0";

export function browserPort({ host, domain }: Options): Port {
  const scope = `;path=/;samesite=lax${location.protocol === "https:" ? ";secure" : ""}${domain ? `;domain=${domain}` : ""}`;

  const cookie = (name: string) => {
    const found = `; ${document.cookie}`.split(`; ${name}=`)[1];
    return found === undefined ? null : decodeURIComponent(found.split(";")[0] ?? "");
  };

  const bake = (name: string, value: string | null) => {
    const text = encodeURIComponent(value ?? "");
    if (text.length > LONGEST_COOKIE) return false;
    document.cookie = `${name}=${text};max-age=${value === null ? 0 : TWO_YEARS}${scope}`;
    return cookie(name) === value;
  };

  /** Queues stay in the page's own storage, or in memory: a cookie goes with every request, and nobody would find it again. */
  const isSmall = (name: string) => !name.startsWith("cove_q");

  const quietly = <Found>(attempt: () => Found, otherwise: Found): Found => {
    try {
      return attempt();
    } catch {
      return otherwise;
    }
  };

  return {
    read: (name) => (domain && isSmall(name) ? quietly(() => cookie(name), null) : null)
      ?? quietly(() => localStorage.getItem(name), null)
      ?? quietly(() => cookie(name), null),
    write(name, value) {
      const isLocal = quietly(() => {
        if (value === null) localStorage.removeItem(name);
        else localStorage.setItem(name, value);
        return true;
      }, false);
      const isBaked = isSmall(name) && (!isLocal || Boolean(domain)) && quietly(() => bake(name, value), false);
      return isLocal || isBaked;
    },
    names: (beginning) => quietly(() => Object.keys(localStorage).filter((name) => name.startsWith(beginning)), []),
    async post(body) {
      // Text, as a beacon is: JSON would make the browser ask first.
      const answer = await fetch(`${host}/collect/batch`, { method: "POST", body, keepalive: body.length < 60_000, credentials: "omit" });
      return { status: answer.status, retryAfter: Number(answer.headers.get("retry-after")) || 0, text: await answer.text() };
    },
    context: () => ({
      library: LIBRARY,
      automation: navigator.webdriver,
      locale: navigator.language,
      timezone: quietly(() => Intl.DateTimeFormat().resolvedOptions().timeZone, ""),
      screen: `${screen.width}x${screen.height}`,
    }),
    place: () => ({ url: location.href.slice(0, 2000), title: document.title.slice(0, 500) }),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  };
}

/** Whether the browser says that its user does not want to be tracked: Do Not Track, or Global Privacy Control. */
export function isOpposed(): boolean {
  const asked = navigator as Navigator & { globalPrivacyControl?: boolean; doNotTrack?: string | null };
  return asked.globalPrivacyControl === true || asked.doNotTrack === "1";
}
