import { expect, it } from "vitest";

import { exactTime } from "../src/region/format";

it("tells day, hour and then the zone, in both languages", () => {
  const at = "2026-11-21T23:58:02Z";
  expect(exactTime(at, "zh-CN", "Asia/Shanghai")).toBe("2026/11/22 07:58:02 GMT+8");
  expect(exactTime(at, "en", "Asia/Shanghai")).toBe("11/22/2026, 07:58:02 GMT+8");
});
