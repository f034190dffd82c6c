import type { TimelineItem, TimelinePage } from "@cove/api/types";
import type { InfiniteData } from "@tanstack/react-query";

export type Loaded = InfiniteData<TimelinePage, unknown>;

/** Whether `a` stands above `b`. */
function isNewer(a: TimelineItem, b: TimelineItem): boolean {
  return a.at === b.at ? a.id > b.id : a.at > b.at;
}

/** What of the newest page is not shown yet, and belongs above or among what is. */
export function unseen(loaded: Loaded, newest: TimelinePage): TimelineItem[] {
  const known = new Set(loaded.pages.flatMap((page) => page.items.map((item) => item.id)));
  const last = loaded.pages.at(-1);
  const end = last?.next_cursor ? last.items.at(-1) : undefined;
  return newest.items.filter((item) => !known.has(item.id) && (!end || isNewer(item, end)));
}

const DELETED = "people.note_deleted";

/** Take out the notes that the newest page says were deleted. */
export function withoutDeleted(loaded: Loaded, newest: TimelinePage): Loaded {
  const gone = new Set(newest.items.filter((item) => item.kind === DELETED).map((item) => item.properties.note_id));
  if (!loaded.pages.some((page) => page.items.some((item) => gone.has(item.id)))) return loaded;
  return { ...loaded, pages: loaded.pages.map((page) => ({ ...page, items: page.items.filter((item) => !gone.has(item.id)) })) };
}

/** Put what is known better by now into what is loaded: a finding about traffic may come long after the fact itself. */
export function withFindings(loaded: Loaded, newest: TimelinePage): Loaded {
  const known = new Map(newest.items.map((item) => [item.id, item]));
  const changed = (item: TimelineItem) => {
    const now = known.get(item.id);
    return now !== undefined && (now.suspicion !== item.suspicion || now.doubts.length !== item.doubts.length);
  };
  if (!loaded.pages.some((page) => page.items.some(changed))) return loaded;
  const pages = loaded.pages.map((page) => ({ ...page, items: page.items.map((item) => (changed(item) ? known.get(item.id) ?? item : item)) }));
  return { ...loaded, pages };
}

/**
 * Put the newest page in front of what is loaded. Where the two do not touch (more came than fits a page) only the newest page is left:
 * a gap would hide what lies between.
 */
export function withNewest(loaded: Loaded, newest: TimelinePage): Loaded {
  const first = loaded.pages[0];
  const fresh = unseen(loaded, newest);
  if (!first || fresh.length === 0) return loaded;
  if (fresh.length === newest.items.length && newest.next_cursor && first.items.length > 0) {
    return { pages: [newest], pageParams: [loaded.pageParams[0]] };
  }
  const pages = loaded.pages.map((page) => ({ ...page, items: [...page.items] }));
  for (const item of fresh) {
    const page = pages.find((each) => each.items.some((other) => isNewer(item, other))) ?? pages.at(-1);
    const place = page?.items.findIndex((other) => isNewer(item, other)) ?? -1;
    page?.items.splice(place < 0 ? page.items.length : place, 0, item);
  }
  return { ...loaded, pages };
}
