import type { TimelineItem, TimelinePage } from "@cove/api/types";
import { expect, it } from "vitest";

import { groupByDay, sumOf } from "../src/modules/engine/timeline/parts/group";
import { unseen, withFindings, withNewest, withoutDeleted, type Loaded } from "../src/modules/engine/timeline/parts/news";
import { tellable } from "../src/modules/engine/timeline/parts/Properties";

let nextId = 100;
function fact(kind: string, at: string, visit: string | null = null, properties: Record<string, unknown> = {}): TimelineItem {
  nextId -= 1;
  return {
    id: nextId, kind, label: kind, caption: kind, at, recorded_at: at, source: { kind: "web", label: "网页" },
    cause: null, member: null, properties, anonymous: false, visit, way: null, suspicion: 0, doubts: [],
  };
}

it("puts facts into days of the tenant's zone", () => {
  const days = groupByDay([fact("note", "2026-03-01T16:30:00Z"), fact("note", "2026-03-01T15:30:00Z")], "Asia/Shanghai");
  expect(days.map((day) => day.day)).toEqual(["2026-03-02", "2026-03-01"]);
});

it("joins what follows each other in one visit, and only that", () => {
  const items = [
    fact("tracking.page_viewed", "2026-03-01T03:00:00Z", "b"), fact("tracking.page_viewed", "2026-03-01T02:50:00Z", "a"),
    fact("tracking.page_left", "2026-03-01T02:45:00Z", "a"), fact("people.contact_added", "2026-03-01T02:40:00Z"),
    fact("tracking.page_viewed", "2026-03-01T02:30:00Z", "a"), fact("people.note_written", "2026-03-01T02:20:00Z"), fact("people.note_written", "2026-03-01T02:10:00Z"),
  ];
  const [day] = groupByDay(items, "Asia/Shanghai");
  expect(day?.entries.map((entry) => entry.items.length)).toEqual([1, 2, 1, 1, 1, 1]);
});

it("sums up a visit", () => {
  const items = [
    fact("tracking.page_left", "2026-03-01T03:03:00Z", "a", { seconds: 40, title: "价格" }), fact("tracking.page_viewed", "2026-03-01T03:02:00Z", "a", { title: "价格" }),
    fact("tracking.element_clicked", "2026-03-01T03:01:30Z", "a"), fact("tracking.page_left", "2026-03-01T03:01:00Z", "a", { seconds: 20 }),
    fact("tracking.page_viewed", "2026-03-01T03:00:00Z", "a", { title: "", url: "https://a.test/" }), fact("tracking.page_viewed", "2026-03-01T02:59:00Z", "a", { title: "价格" }),
  ];
  expect(sumOf(items)).toEqual({ pages: 3, clicks: 1, seconds: 60, titles: ["价格", "https://a.test/"], way: null });
});

it("says by which channel a visit came about, the first that is known", () => {
  const view = (way: string | null) => ({ ...fact("tracking.page_viewed", "2026-03-01T03:00:00Z", "a"), way });
  expect(sumOf([view("微信"), view(null), view("付费搜索"), view(null)]).way).toBe("付费搜索");
});

it("marks what turned out later where it already stands", () => {
  const [one, other] = [fact("tracking.page_viewed", "2026-03-01T03:01:00Z"), fact("tracking.page_viewed", "2026-03-01T03:00:00Z")];
  const loaded: Loaded = { pages: [{ items: [one, other], next_cursor: null, newer_cursor: null }], pageParams: [undefined] } as Loaded;
  const doubted = { ...other, suspicion: 65, doubts: [{ name: "设备突发", meaning: "" }] };
  const page = { items: [{ ...one }, doubted], next_cursor: null, newer_cursor: null } as TimelinePage;
  const found = withFindings(loaded, page);
  expect(found.pages[0]?.items).toEqual([one, doubted]);
  expect(withFindings(found, page)).toBe(found);
});

it("takes out a note that was deleted elsewhere", () => {
  const [note, other] = [fact("people.note_written", "2026-03-01T10:00:00Z"), fact("people.note_written", "2026-03-01T09:00:00Z")];
  const told = fact("people.note_deleted", "2026-03-01T11:00:00Z", null, { note_id: note.id });
  const shown = loaded([note, other]);
  const page = { items: [told, other], next_cursor: null, newer_cursor: null, total_exact: true };
  expect(withoutDeleted(shown, page).pages[0]?.items).toEqual([other]);
  expect(withoutDeleted(shown, { ...page, items: [other] })).toBe(shown);
});

function loaded(...pages: TimelineItem[][]): Loaded {
  return { pages: pages.map((items) => ({ items, next_cursor: "more", newer_cursor: null, total_exact: true })), pageParams: pages.map(() => undefined) };
}

it("puts what is new in front of and among what is shown, once", () => {
  const [noon, ten, nine] = ["2026-03-01T12:00:00Z", "2026-03-01T10:00:00Z", "2026-03-01T09:00:00Z"].map((at) => fact("note", at)) as [TimelineItem, TimelineItem, TimelineItem];
  const late = fact("note", "2026-03-01T09:30:00Z");
  const tooOld = fact("note", "2026-02-01T00:00:00Z");
  const shown = loaded([ten], [nine]);
  const news = { items: [noon, ten, late, tooOld], next_cursor: "x", newer_cursor: null, total_exact: true };
  expect(unseen(shown, news)).toEqual([noon, late]);
  expect(withNewest(shown, news).pages.flatMap((page) => page.items)).toEqual([noon, ten, late, nine]);
  expect(withNewest(shown, { ...news, items: [ten] })).toBe(shown);
});

it("leaves no gap when more came than a page holds", () => {
  const shown = loaded([fact("note", "2026-03-01T10:00:00Z")]);
  const news = { items: [fact("note", "2026-03-01T12:00:00Z"), fact("note", "2026-03-01T11:00:00Z")], next_cursor: "x", newer_cursor: null, total_exact: true };
  expect(withNewest(shown, news).pages).toEqual([news]);
});

it("shows people no internal numbers", () => {
  expect(tellable({ code_id: 4, source: "web", errcode: 41050, title: "价格", utm_source: "百度", utm_term: "", tag_ids: [1], tag_names: ["A"] })).toEqual([
    ["title", "价格"], ["utm_source", "百度"], ["tag_names", ["A"]],
  ]);
  expect(tellable({ event: "trial", properties: { plan: "pro", order_id: 7, deep: { a: 1 } } })).toEqual([["event", "trial"], ["plan", "pro"]]);
});
