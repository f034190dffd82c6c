import type { Language } from "./Region";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const SHORT_STEPS: Record<Language, [number, string][]> = {
  "zh-CN": [[1e8, "亿"], [1e4, "万"]],
  en: [[1e9, "B"], [1e6, "M"], [1e4, "k"]],
};
const UNIT_SIZE: Record<string, number> = { k: 1e3 };

/** Every digit, grouped. */
export function exactNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** Short when long: 1.2万 in Chinese, 12.3k in English; up to 9,999 every digit. */
export function shortNumber(value: number, language: Language): string {
  const step = SHORT_STEPS[language].find(([from]) => Math.abs(value) >= from);
  if (!step) return exactNumber(value, language);
  const [from, unit] = step;
  const scaled = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value / (UNIT_SIZE[unit] ?? from));
  return language === "zh-CN" ? `${scaled} ${unit}` : `${scaled}${unit}`;
}

/** A share 0..1 as per cent. */
export function percent(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

/** A span of seconds in its two greatest units, e.g. 2 小时 5 分钟. */
export function duration(seconds: number, language: Language): string {
  const units: [number, string][] = [[DAY, "day"], [HOUR, "hour"], [MINUTE, "minute"], [1, "second"]];
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [size, unit] of units) {
    const count = Math.floor(rest / size);
    if (count > 0 || (unit === "second" && parts.length === 0)) {
      parts.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: language === "en" ? "short" : "long" }).format(count));
      rest -= count * size;
    }
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}

/** The moment to the second in the given zone, with the zone's name. */
export function exactTime(at: string, language: Language, timezone: string): string {
  const moment = new Date(at);
  const written = new Intl.DateTimeFormat(language, {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: timezone,
  }).format(moment);
  // Chinese puts the zone between day and hour, where nobody looks for it.
  const zone = new Intl.DateTimeFormat(language, { timeZone: timezone, timeZoneName: "short" }).formatToParts(moment).find(({ type }) => type === "timeZoneName");
  return zone ? `${written} ${zone.value}` : written;
}

/** Hours and minutes in the given zone. */
export function clockTime(at: string, language: Language, timezone: string): string {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone }).format(new Date(at));
}

/** The calendar day (YYYY-MM-DD) that a moment falls on in the given zone. */
export function dayOf(at: Date | string, timezone: string): string {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: timezone }).format(new Date(at));
}

/** A calendar day in words, without the year when it is this one. */
export function dayLabel(day: string, language: Language, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" as const };
  const date = new Date(`${day}T00:00:00Z`);
  const words = new Intl.DateTimeFormat(language, { month: language === "en" ? "short" : "long", day: "numeric", weekday: "short", timeZone: "UTC", ...year }).format(date);
  return words.replace(/日(?=周)/, "日 ");
}

/** A calendar day as an axis has room for it: 11/16. */
export function axisDay(day: string): string {
  return `${Number(day.slice(5, 7)).toString()}/${Number(day.slice(8, 10)).toString()}`;
}

/** How long ago; after a week the date itself says more. */
export function relativeTime(at: string, now: Date, language: Language, timezone: string): string {
  const seconds = (now.getTime() - new Date(at).getTime()) / 1000;
  const span = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  const ago = (unit: Intl.RelativeTimeFormatUnit, size: number) => words.format(-Math.trunc(seconds / size), unit);
  // Under a minute all is now: “0 minutes ago” would be another word for the same.
  if (span < MINUTE) return words.format(0, "second");
  if (span < HOUR) return ago("minute", MINUTE);
  if (span < DAY) return ago("hour", HOUR);
  if (span < WEEK) return ago("day", DAY);
  const sameYear = dayOf(at, timezone).slice(0, 4) === dayOf(now, timezone).slice(0, 4);
  const year = sameYear ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(language, { month: language === "en" ? "short" : "long", day: "numeric", timeZone: timezone, ...year }).format(new Date(at));
}
