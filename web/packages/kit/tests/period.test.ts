import { daysIn, periodBefore, periodOf, presetPeriod } from "@cove/kit/report/period";
import { expect, it } from "vitest";

const late = new Date("2026-03-01T17:00:00Z"); // Already 2 March in Shanghai.

it("ends today in the tenant's zone and counts both ends", () => {
  const period = presetPeriod("7d", "Asia/Shanghai", late);
  expect(period).toEqual({ from: "2026-02-24", to: "2026-03-02" });
  expect(daysIn(period)).toBe(7);
});

it("is compared with as many days just before", () => {
  expect(periodBefore({ from: "2026-03-01", to: "2026-03-07" })).toEqual({ from: "2026-02-22", to: "2026-02-28" });
});

it("takes dates from the URL, and falls back when they make no sense", () => {
  expect(periodOf({ from: "2026-01-01", to: "2026-01-31" }, "UTC", "7d")).toEqual({ chosen: "own", period: { from: "2026-01-01", to: "2026-01-31" } });
  expect(periodOf({ from: "2026-02-31x", to: "2026-01-01" }, "UTC", "7d").chosen).toBe("7d");
  expect(periodOf({ from: "2026-02-02", to: "2026-01-01" }, "UTC", "7d").chosen).toBe("7d");
  expect(periodOf({ period: "90d" }, "UTC", "7d").chosen).toBe("90d");
});
