import { values } from "./values";

/** Second tier: what a colour is for. Components know only these, as `var(--cove-…)`. */
export const light = {
  ground: values.mist,
  card: values.white,
  raised: values.white,
  sunken: values.foam,
  line: values.line,
  lineStrong: values.lineStrong,
  ink: values.ink,
  inkSecond: values.inkSecond,
  inkFaint: values.inkFaint,
  accent: values.sea,
  accentHover: values.seaHover,
  accentActive: values.seaDeep,
  accentInk: values.sea,
  accentWash: values.seaWash,
  attention: values.warm,
  attentionInk: values.warmInk,
  attentionWash: values.warmWash,
  success: values.leaf,
  successInk: values.leafInk,
  successWash: values.leafWash,
  danger: values.clay,
  mask: values.veil,
  chart1: values.sea,
  // Sea and leaf are too near to one another for neighbours.
  chart2: values.sand,
  chart3: values.slate,
  chart4: values.leaf,
};

export type Meanings = Record<keyof typeof light, string>;

export const dark: Meanings = {
  ground: values.night,
  card: values.nightCard,
  raised: values.nightRaised,
  sunken: values.nightRaised,
  line: values.nightLine,
  lineStrong: values.nightLineStrong,
  ink: values.nightInk,
  inkSecond: values.nightInkSecond,
  inkFaint: values.nightInkFaint,
  accent: values.seaNight,
  accentHover: values.seaNightHover,
  accentActive: values.sea,
  accentInk: values.seaBright,
  accentWash: values.seaNightWash,
  attention: values.warmNight,
  attentionInk: values.warmNight,
  attentionWash: values.warmNightWash,
  success: values.leafNight,
  successInk: values.leafNight,
  successWash: values.leafNightWash,
  danger: values.clayNight,
  mask: values.veilNight,
  chart1: values.seaBright,
  chart2: values.sandNight,
  chart3: values.slate,
  chart4: values.leafNight,
};

export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

/** Write the meanings as custom properties, `inkSecond` as `--cove-ink-second`. */
export function writeProperties(element: HTMLElement, meanings: Meanings): void {
  for (const [name, colour] of Object.entries(meanings)) {
    element.style.setProperty(`--cove-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour);
  }
}
