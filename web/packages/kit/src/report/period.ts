import { dayOf } from "../region/format";

const DAY = 86_400_000;
export const PRESETS = ["today", "7d", "30d", "90d"] as const;
export type Preset = (typeof PRESETS)[number];
const PRESET_DAYS: Record<Preset, number> = { today: 1, "7d": 7, "30d": 30, "90d": 90 };

/** Whole days in the tenant's zone, both ends included, as YYYY-MM-DD. */
export interface Period {
  from: string;
  to: string;
}

export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

export function daysIn({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
}

/** The period of the same length that ends the day before. */
export function periodBefore(period: Period): Period {
  const length = daysIn(period);
  return { from: shiftDay(period.from, -length), to: shiftDay(period.to, -length) };
}

export function presetPeriod(preset: Preset, timezone: string, now = new Date()): Period {
  const today = dayOf(now, timezone);
  return { from: shiftDay(today, 1 - PRESET_DAYS[preset]), to: today };
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The period that a URL says (`period=7d`, or `from` and `to`); the given preset when it says nothing useful. */
export function periodOf(state: Record<string, string | undefined>, timezone: string, preset: Preset): { chosen: Preset | "own"; period: Period } {
  if (isDay(state.from) && isDay(state.to) && state.from <= state.to) {
    return { chosen: "own", period: { from: state.from, to: state.to } };
  }
  const chosen = PRESETS.find((each) => each === state.period) ?? preset;
  return { chosen, period: presetPeriod(chosen, timezone) };
}
