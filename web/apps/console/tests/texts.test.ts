import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { resources as en } from "../src/app/i18n/en";
import { resources as zh } from "../src/app/i18n/zh-CN";

const ROOT = join(import.meta.dirname, "../../..");
const PLURAL = /_(one|other)$/;

interface Texts {
  [key: string]: string | Texts;
}

function flatten(texts: Texts, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

function keys(texts: Texts): string[] {
  return [...new Set([...flatten(texts).keys()].map((key) => key.replace(PLURAL, "")))].sort();
}

function sources(): string {
  const files = ["apps/console/src", "packages/kit/src"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !path.includes("locales"))
      .map((path) => readFileSync(join(ROOT, folder, path), "utf8")));
  return files.join("\n");
}

/** Keys written in the code, and beginnings of those that are put together (`state.${…}`). */
function used(code: string): { whole: Set<string>; beginnings: string[] } {
  const whole = new Set([...code.matchAll(/["`](?:\w+:)?([\w.-]+)["`]/g)].map((match) => match[1] ?? ""));
  const beginnings = [...code.matchAll(/`(?:\w+:)?([\w.-]*?)\$\{/g)].map((match) => match[1] ?? "").filter((text) => text !== "");
  return { whole, beginnings };
}

const namespaces = Object.keys(zh) as (keyof typeof zh)[];
const { whole, beginnings } = used(sources());

describe.each(namespaces)("%s", (namespace) => {
  it("has the same texts in both languages", () => {
    expect(keys(en[namespace])).toEqual(keys(zh[namespace]));
  });

  it("leaves no text empty, and fills the same places in both", () => {
    const placesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    const english = flatten(en[namespace]);
    for (const [key, text] of flatten(zh[namespace])) {
      expect(text, key).not.toBe("");
      expect(placesOf(english.get(key) ?? ""), key).toEqual(placesOf(text));
    }
  });

  it("has no text that nobody shows", () => {
    const unused = keys(zh[namespace]).filter((key) => !whole.has(key) && !beginnings.some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
  });
});

it("speaks Chinese in Chinese: no text is left in English", () => {
  // Names that the platforms themselves write so in Chinese, and marks.
  const meantToBeLatin = /^(Cove|PNG|SVG|AppID|AppSecret|STARTTLS|SSL\/TLS|Webhook|Access Token|mail\.example\.com|、|—)$/;
  for (const namespace of namespaces) {
    for (const [key, text] of flatten(zh[namespace])) {
      expect(/\p{Script=Han}/u.test(text) || meantToBeLatin.test(text), `${namespace}:${key} = ${text}`).toBe(true);
    }
  }
});
