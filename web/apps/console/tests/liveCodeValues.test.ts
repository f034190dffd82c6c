import { expect, it } from "vitest";

import { bodyOf, byteLength, emptyValues, shares } from "../src/modules/business/live_codes/parts/values";

it("counts bytes as the platform does", () => {
  expect(byteLength("abc")).toBe(3);
  expect(byteLength("您好")).toBe(6);
  expect(byteLength("👋")).toBe(4);
  expect(byteLength("👨‍👩‍👧")).toBe(18); // Three people and two joiners are one picture, and eighteen bytes.
});

it("tells what share of the scans each weight means", () => {
  expect(shares([2, 1, 1])).toEqual([0.5, 0.25, 0.25]);
  expect(shares([0, 0])).toEqual([0, 0]);
  expect(shares([])).toEqual([]);
});

it("sends only rows in which a member was chosen", () => {
  const body = bodyOf({ ...emptyValues, name: " 展会 ", members: [{ member: { id: 7, name: "沈静" }, weight: 2 }, { weight: 1 }] });
  expect(body.name).toBe("展会");
  expect(body.members).toEqual([{ member_id: 7, weight: 2 }]);
});
