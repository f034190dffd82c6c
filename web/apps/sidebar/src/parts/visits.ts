import type { TimelineItem } from "@cove/api/types";

/** One line: a fact, or what somebody did one after the other in a visit. */
export type Line = [TimelineItem, ...TimelineItem[]];

/** Put newest-first facts of one visit that follow each other into one line. */
export function inLines(items: TimelineItem[]): Line[] {
  const lines: Line[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last && item.visit !== null && last[0].visit === item.visit) last.push(item);
    else lines.push([item]);
  }
  return lines;
}
