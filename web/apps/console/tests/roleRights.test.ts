import type { RightsCatalogue } from "@cove/api/types";
import { expect, it } from "vitest";

import { difference, effective, operationsOf } from "../src/modules/directory/org/parts/roles/rights";

const operation = (key: string, scoped: boolean, implies: string[] = []) => ({ key, label: key, scoped, implies, record: null });
const catalogue: RightsCatalogue = {
  modules: [{ key: "a", label: "A", operations: [
    operation("a.see", true, ["a.names"]), operation("a.change", true, ["a.see"]), operation("a.make", false, ["a.see"]), operation("a.names", false),
  ] }],
  fields: [], scopes: [], presets: [],
};
const operations = operationsOf(catalogue);
const told = (given: Parameters<typeof effective>[0]) => Object.fromEntries(effective(given, operations));

it("brings what a right implies, at least as widely, and says by what", () => {
  expect(told({ "a.change": "subtree" })).toEqual({
    "a.change": { scope: "subtree", because: [] },
    "a.see": { scope: "subtree", because: ["a.change"] },
    "a.names": { scope: "all", because: ["a.see"] },
  });
  expect(told({ "a.see": "all", "a.change": "own" })["a.see"]).toEqual({ scope: "all", because: [] });
});

it("brings the narrowest of what a right without a scope implies", () => {
  expect(told({ "a.make": "all" })["a.see"]?.scope).toBe("own");
  expect(told({ "a.make": "all", "a.see": "departments" })["a.see"]?.scope).toBe("departments");
});

it("leaves out rights that are gone", () => {
  expect(told({ "b.see": "all" })).toEqual({});
});

it("counts what a change gives, takes and widens", () => {
  const before = effective({ "a.change": "own" }, operations);
  const after = effective({ "a.see": "all", "a.make": "all" }, operations);
  expect(difference(before, after)).toEqual({ added: 1, removed: 1, changed: 1 });
});
