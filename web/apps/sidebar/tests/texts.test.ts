import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import en from "../src/locales/en";
import zh from "../src/locales/zh-CN";

const SOURCES = join(import.meta.dirname, "../src");
const keys = Object.keys(zh) as (keyof typeof zh)[];
const code = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes("locales"))
  .map((path) => readFileSync(join(SOURCES, path), "utf8"))
  .join("\n");
const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

it("has every text in both languages, with the same places", () => {
  expect(Object.keys(en).sort()).toEqual([...keys].sort());
  for (const key of keys) {
    expect(en[key], key).not.toBe("");
    expect(places(en[key]), key).toEqual(places(zh[key]));
  }
});

it("shows every text somewhere, and speaks Chinese in Chinese", () => {
  for (const key of keys) {
    expect(code.includes(`"${key}"`), key).toBe(true);
    expect(zh[key], key).toMatch(/\p{Script=Han}/u);
  }
});
