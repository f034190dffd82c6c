import type { TimelineItem } from "@cove/api/types";
import { dayOf } from "@cove/kit/region/format";

/** One entry to show: a single fact, or what somebody did one after the other in a visit. */
export interface Entry {
  key: string;
  items: [TimelineItem, ...TimelineItem[]];
}

export interface Day {
  day: string;
  entries: Entry[];
}

/** What a visit comes to. `titles` are the pages that were seen, the last first. */
export interface VisitSum {
  pages: number;
  clicks: number;
  seconds: number;
  titles: string[];
  /** The channel by which it came about, where one is known: the one its first pages tell. */
  way: string | null;
}

export const VIEWED = "tracking.page_viewed";
const LEFT = "tracking.page_left";

/** Put newest-first facts into days of the given zone; what follows each other in one visit becomes one entry, over all loaded pages. */
export function groupByDay(items: TimelineItem[], timezone: string): Day[] {
  const days: Day[] = [];
  for (const item of items) {
    const day = dayOf(item.at, timezone);
    let current = days.at(-1);
    if (current?.day !== day) {
      current = { day, entries: [] };
      days.push(current);
    }
    const last = current.entries.at(-1);
    if (last && item.visit !== null && last.items[0].visit === item.visit) last.items.push(item);
    else current.entries.push({ key: item.id.toString(), items: [item] });
  }
  return days;
}

/** Sum up what was done in a visit. */
export function sumOf(items: TimelineItem[]): VisitSum {
  const viewed = items.filter((item) => item.kind === VIEWED);
  const left = items.filter((item) => item.kind === LEFT);
  const seconds = left.map(({ properties }) => properties.seconds).filter((value) => typeof value === "number");
  const titles = viewed.map(({ properties }) => properties.title || properties.url).filter((value) => typeof value === "string" && value !== "");
  return {
    pages: viewed.length,
    clicks: items.length - viewed.length - left.length,
    seconds: seconds.reduce((sum, each) => sum + each, 0),
    titles: [...new Set(titles as string[])],
    way: viewed.findLast((item) => item.way !== null)?.way ?? null,
  };
}
