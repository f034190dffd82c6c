import type { TimelineItem } from "@cove/api/types";
import { dayOf } from "@cove/kit/region/format";

/** One entry to show: a single fact, or page views that came one after the other. */
export interface Entry {
  key: string;
  items: [TimelineItem, ...TimelineItem[]];
}

export interface Day {
  day: string;
  entries: Entry[];
}

const PAGE_VIEW = /(^|[._])page(_?view(ed)?|s_viewed)?$/;

export function isPageView(item: TimelineItem): boolean {
  return PAGE_VIEW.test(item.kind);
}

/** Put newest-first facts into days of the given zone; page views in a row become one entry. */
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
    if (last && isPageView(item) && isPageView(last.items[0])) last.items.push(item);
    else current.entries.push({ key: item.id.toString(), items: [item] });
  }
  return days;
}
