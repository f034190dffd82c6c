import type { Department, Member } from "@cove/api/types";
import { describe, expect, it } from "vitest";

import { changesOf, valuesOf } from "../src/modules/directory/org/parts/memberValues";
import { matching, pathOf, placeOf, twigsOf, withBelow } from "../src/modules/directory/org/parts/tree";

const room = (id: number, name: string, parent_id: number | null): Department =>
  ({ id, name, parent_id, from_wecom: false, members: 0, members_below: 0, leaders: [] });

const ROOMS = [room(1, "总部", null), room(2, "市场部", 1), room(3, "销售部", 1), room(4, "华南组", 3), room(5, "分公司", null)];

describe("the tree of departments", () => {
  it("is built from the list and knows what is below", () => {
    const tops = twigsOf(ROOMS);
    expect(tops.map((one) => one.department.name)).toEqual(["总部", "分公司"]);
    expect(tops[0]?.children.map((one) => one.department.name)).toEqual(["市场部", "销售部"]);
    expect([...withBelow(ROOMS, 1)]).toEqual([1, 2, 3, 4]);
    expect(pathOf(ROOMS, 4)).toBe("总部 / 销售部 / 华南组");
    expect(pathOf(ROOMS, 99)).toBe("");
  });

  it("finds by a part of the name, with the way there", () => {
    expect([...matching(ROOMS, "华南")].sort()).toEqual([1, 3, 4]);
    expect(matching(ROOMS, "nothing").size).toBe(0);
  });

  it("knows where something dropped goes", () => {
    const [top, market, sales] = ROOMS as [Department, Department, Department];
    expect(placeOf(ROOMS, sales, "in", 4)).toEqual({ parentId: 3, beforeId: null });
    expect(placeOf(ROOMS, market, "before", 4)).toEqual({ parentId: 1, beforeId: 2 });
    expect(placeOf(ROOMS, market, "after", 4)).toEqual({ parentId: 1, beforeId: 3 });
    expect(placeOf(ROOMS, sales, "after", 4)).toEqual({ parentId: 1, beforeId: null });
    expect(placeOf(ROOMS, market, "after", 3)).toEqual({ parentId: 1, beforeId: null });
    expect(placeOf(ROOMS, top, "before", 4)).toEqual({ parentId: null, beforeId: 1 });
  });
});

it("sends only what was changed of a member, so that a masked phone is not written back", () => {
  const member: Member = {
    id: 1, name: "张三", email: null, phone: "138****0001", job_title: "", departments: ["总部"], roles: [], active: true,
    places: [{ id: 1, name: "总部", main: true, leads: false, from_wecom: false }], wecom_userid: null, from_wecom: false,
  };
  expect(changesOf(member, valuesOf(member))).toEqual({});
  expect(changesOf(member, { ...valuesOf(member), email: "a@b.cn" })).toEqual({ email: "a@b.cn" });
  const places = [...valuesOf(member).places, { department_id: 2, main: false, leads: true }];
  expect(changesOf(member, { ...valuesOf(member), places })).toEqual({ places });
});
