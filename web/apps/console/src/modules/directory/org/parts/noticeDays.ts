import type { Notice } from "@cove/api/types";
import { dayOf } from "@cove/kit/region/format";

/** Notices by the day of the tenant's calendar, in the order in which they are given. */
export function byDay(notices: Notice[], timezone: string): [string, Notice[]][] {
  const days = new Map<string, Notice[]>();
  for (const notice of notices) {
    const day = dayOf(notice.created_at, timezone);
    days.set(day, [...(days.get(day) ?? []), notice]);
  }
  return [...days];
}
