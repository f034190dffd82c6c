import type { Link, LinkCreate, LinkUtm } from "@cove/api/types";
import { dayOf } from "@cove/kit/region/format";

/** The form as it is filled; `until` is the last day on which the link may be followed, in the company's calendar. */
export interface LinkValues {
  name: string;
  target: string;
  utm: LinkUtm;
  until: string | null;
}

export const UTM = ["source", "medium", "campaign", "content", "term"] as const;

export const emptyValues: LinkValues = {
  name: "",
  target: "",
  utm: { source: "", medium: "", campaign: "", content: "", term: "" },
  until: null,
};

export function valuesOf(link: Link, timezone: string): LinkValues {
  const last = link.expires_at === null ? null : dayOf(new Date(Date.parse(link.expires_at) - 1), timezone);
  return { name: link.name, target: link.target, utm: link.utm, until: last };
}

export function bodyOf(values: LinkValues, timezone: string): LinkCreate {
  return {
    name: values.name.trim(),
    target: values.target.trim(),
    utm: values.utm,
    expires_at: values.until === null ? null : endOfDay(values.until, timezone),
  };
}

/** The moment at which a day ends in a time zone, as ISO 8601; days of 23 and 25 hours included. */
export function endOfDay(day: string, timezone: string): string {
  const wanted = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  let moment = wanted;
  // The second round mends a guess that lay on the other side of a change of the clock.
  for (let round = 0; round < 2; round += 1) moment -= clockAt(moment, timezone) - wanted;
  return new Date(moment).toISOString();
}

/** What the clock on a wall shows at a moment, read as if it were UTC. */
function clockAt(moment: number, timezone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
}

/** Why a link leads nowhere, if it does not. */
export function closedBy(link: Link): "deleted" | "off" | "expired" | undefined {
  if (link.deleted_at !== null) return "deleted";
  if (link.off) return "off";
  return link.expired ? "expired" : undefined;
}

/** Whether a text may be the address a link leads to, as far as a page can tell. */
export function isAddress(text: string): boolean {
  try {
    const url = new URL(text.trim());
    return (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "" && !/\s/.test(text.trim());
  } catch {
    return false;
  }
}
