import type { TimelineItem } from "@cove/api/types";
import { expect, it } from "vitest";

import { inLines } from "../src/parts/visits";

const item = (id: number, visit: string | null) => ({ id, visit }) as unknown as TimelineItem;

it("puts what follows each other in one visit into one line", () => {
  const lines = inLines([item(5, "a"), item(4, "a"), item(3, null), item(2, null), item(1, "a")]);
  expect(lines.map((line) => line.map(({ id }) => id))).toEqual([[5, 4], [3], [2], [1]]);
  expect(inLines([])).toEqual([]);
});
