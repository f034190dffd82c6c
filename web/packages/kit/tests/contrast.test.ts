import { dark, light, type Meanings } from "@cove/kit/theme/meanings";
import { describe, expect, it } from "vitest";

const AA = 4.5;

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const PAIRS: [keyof Meanings, keyof Meanings][] = [
  ["ink", "card"], ["ink", "ground"], ["ink", "sunken"], ["inkSecond", "card"], ["inkSecond", "ground"], ["inkSecond", "sunken"],
  ["inkFaint", "card"], ["accentInk", "card"], ["accentInk", "ground"], ["accentInk", "accentWash"],
  ["attentionInk", "card"], ["attentionInk", "attentionWash"], ["successInk", "card"], ["successInk", "successWash"], ["danger", "card"],
];

describe.each([["light", light], ["dark", dark]] as const)("in the %s theme", (_, meanings) => {
  it.each(PAIRS)("%s can be read on %s", (ink, ground) => {
    expect(contrast(meanings[ink], meanings[ground])).toBeGreaterThanOrEqual(AA);
  });

  it("white can be read on the main button", () => {
    expect(contrast("#FFFFFF", meanings.accent)).toBeGreaterThanOrEqual(AA);
  });
});
