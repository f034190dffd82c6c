import { clockTime, dayLabel, dayOf, duration, percent, relativeTime, shortNumber } from "@cove/kit/region/format";
import { describe, expect, it } from "vitest";

describe("shortNumber", () => {
  it.each([
    [9_999, "zh-CN", "9,999"],
    [12_846, "zh-CN", "1.28 万"],
    [1_234_567, "zh-CN", "123 万"],
    [230_000_000, "zh-CN", "2.3 亿"],
    [9_999, "en", "9,999"],
    [12_846, "en", "12.8k"],
    [1_234_567, "en", "1.23M"],
    [-15_000, "en", "-15k"],
  ] as const)("%d in %s is %s", (value, language, text) => {
    expect(shortNumber(value, language)).toBe(text);
  });
});

describe("days", () => {
  it("fall on the tenant's calendar, not on UTC's", () => {
    expect(dayOf("2026-03-01T16:30:00Z", "Asia/Shanghai")).toBe("2026-03-02");
    expect(dayOf("2026-03-01T16:30:00Z", "America/New_York")).toBe("2026-03-01");
  });

  it("show the year only when it is another one", () => {
    expect(dayLabel("2026-11-22", "zh-CN", "2026-11-22")).toBe("11月22日 周日");
    expect(dayLabel("2025-11-22", "en", "2026-11-22")).toContain("2025");
  });
});

describe("relativeTime", () => {
  const now = new Date("2026-05-10T12:00:00Z");
  it.each([
    ["2026-05-10T11:59:40Z", "zh-CN", "现在"],
    ["2026-05-10T11:59:08Z", "zh-CN", "现在"],
    ["2026-05-10T11:59:08Z", "en", "now"],
    ["2026-05-10T11:57:00Z", "zh-CN", "3分钟前"],
    ["2026-05-10T09:00:00Z", "zh-CN", "3小时前"],
    ["2026-04-01T09:00:00Z", "zh-CN", "4月1日"],
    ["2025-04-01T09:00:00Z", "en", "Apr 1, 2025"],
  ] as const)("%s in %s is %s", (at, language, text) => {
    expect(relativeTime(at, now, language, "Asia/Shanghai")).toBe(text);
  });
});

it("tells hours and minutes in the zone given", () => {
  expect(clockTime("2026-05-10T16:05:00Z", "zh-CN", "Asia/Shanghai")).toBe("00:05");
});

it("tells a span by its two greatest units", () => {
  expect(duration(5_400, "en")).toBe("1 hr 30 min");
  expect(duration(93_784, "zh-CN")).toBe("1天 2小时");
  expect(duration(0, "en")).toBe("0 sec");
});

it("tells a share as per cent", () => {
  expect(percent(0.2832, "zh-CN")).toBe("28.3%");
});
