import type { TimelineItem } from "@cove/api/types";
import { expect, it } from "vitest";

import { groupByDay } from "../src/modules/engine/timeline/parts/group";
import { tellable } from "../src/modules/engine/timeline/parts/Properties";

let nextId = 100;
function fact(kind: string, at: string): TimelineItem {
  nextId -= 1;
  return {
    id: nextId, kind, label: kind, caption: kind, at, recorded_at: at, source: { kind: "web", label: "网页" },
    cause: null, member: null, properties: {}, anonymous: false,
  };
}

it("puts facts into days of the tenant's zone", () => {
  const days = groupByDay([fact("note", "2026-03-01T16:30:00Z"), fact("note", "2026-03-01T15:30:00Z")], "Asia/Shanghai");
  expect(days.map((day) => day.day)).toEqual(["2026-03-02", "2026-03-01"]);
});

it("joins page views in a row, and only those", () => {
  const items = [
    fact("tracking.page_viewed", "2026-03-01T03:00:00Z"), fact("tracking.page_viewed", "2026-03-01T02:50:00Z"), fact("people.contact_added", "2026-03-01T02:40:00Z"),
    fact("tracking.page_viewed", "2026-03-01T02:30:00Z"), fact("people.note_written", "2026-03-01T02:20:00Z"), fact("people.note_written", "2026-03-01T02:10:00Z"),
  ];
  const [day] = groupByDay(items, "Asia/Shanghai");
  expect(day?.entries.map((entry) => entry.items.length)).toEqual([2, 1, 1, 1, 1]);
});

it("shows people no internal numbers", () => {
  expect(tellable({ code_id: 4, source: "web", errcode: 41050, title: "价格", utm_source: "百度", utm_term: "", tag_ids: [1], tag_names: ["A"] })).toEqual([
    ["title", "价格"], ["utm_source", "百度"], ["tag_names", ["A"]],
  ]);
  expect(tellable({ event: "trial", properties: { plan: "pro", order_id: 7, deep: { a: 1 } } })).toEqual([["event", "trial"], ["plan", "pro"]]);
});
