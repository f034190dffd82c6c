import { describe, expect, it } from "vitest";

import { endOfDay, isAddress } from "../src/modules/engine/content/parts/values";

describe("the end of a day", () => {
  it.each([
    ["2026-11-22", "Asia/Shanghai", "2026-11-22T16:00:00.000Z"],
    ["2026-11-22", "UTC", "2026-11-23T00:00:00.000Z"],
    ["2026-12-31", "America/New_York", "2027-01-01T05:00:00.000Z"],
    // The clock goes forth at two in the morning on that day, and back on the other.
    ["2026-03-08", "America/New_York", "2026-03-09T04:00:00.000Z"],
    ["2026-11-01", "America/New_York", "2026-11-02T05:00:00.000Z"],
    ["2026-06-01", "Asia/Kolkata", "2026-06-01T18:30:00.000Z"],
  ])("%s in %s", (day, timezone, moment) => {
    expect(endOfDay(day, timezone)).toBe(moment);
  });
});

describe("an address", () => {
  it.each(["https://a.test", "http://例子.cn/产品", " https://a.test/x?y#z "])("takes %s", (text) => { expect(isAddress(text)).toBe(true); });
  it.each(["", "a.test", "javascript:alert(1)", "ftp://a.test", "https://u:p@a.test", "https://a.test/a b"])("refuses %s", (text) => { expect(isAddress(text)).toBe(false); });
});
