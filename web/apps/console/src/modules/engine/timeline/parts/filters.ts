import type { UrlState } from "@cove/kit/list/useUrlState";

/** What the timeline is narrowed to. The list of contacts lies behind with filters of its own, so these have other names in the URL. */
export interface TimelineFilters {
  kinds: string[];
  sources: string[];
  text: string;
  first: string | undefined;
  last: string | undefined;
  /** Without what looks like no customer. */
  real: boolean;
  /** Begin with this day; what came after it is newer. */
  day: string | undefined;
}

const KEYS = { kinds: "kind", sources: "via", text: "says", first: "since", last: "till", real: "real", day: "day" } as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayIn(value: string | undefined): string | undefined {
  return value && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function partsOf(value: string | undefined): string[] {
  return value?.split(",").filter(Boolean) ?? [];
}

export function filtersOf(state: UrlState): TimelineFilters {
  return {
    kinds: partsOf(state[KEYS.kinds]),
    sources: partsOf(state[KEYS.sources]),
    text: state[KEYS.text] ?? "",
    first: dayIn(state[KEYS.first]),
    last: dayIn(state[KEYS.last]),
    real: state[KEYS.real] === "1",
    day: dayIn(state[KEYS.day]),
  };
}

/** The URL's values for what is to be changed. */
export function inUrl(change: Partial<TimelineFilters>): UrlState {
  const next: UrlState = {};
  if ("kinds" in change) next[KEYS.kinds] = change.kinds?.join(",");
  if ("sources" in change) next[KEYS.sources] = change.sources?.join(",");
  if ("text" in change) next[KEYS.text] = change.text?.trim();
  if ("first" in change) next[KEYS.first] = change.first;
  if ("last" in change) next[KEYS.last] = change.last;
  if ("real" in change) next[KEYS.real] = change.real ? "1" : undefined;
  if ("day" in change) next[KEYS.day] = change.day;
  return next;
}

/** How many filters are at work; the day to begin with leaves nothing out. */
export function countOf({ kinds, sources, text, first, last, real }: TimelineFilters): number {
  return [kinds.length, sources.length, text, first ?? last, real].filter(Boolean).length;
}

export const NO_FILTERS: TimelineFilters = { kinds: [], sources: [], text: "", first: undefined, last: undefined, real: false, day: undefined };
