import { expect, it } from "vitest";

import type { Client } from "../src/core/client";
import { watchClicks } from "../src/web/clicks";

it("clicks on a link inside a drawing are told, though it is no link of the page's", () => {
  const told: unknown[] = [];
  const client = { sign: (...said: unknown[]) => told.push(said), cove: { anonymousId: () => "a-1" } } as unknown as Client;
  watchClicks(client, { writeKey: "wk_1", host: "https://cove.test" });
  document.body.innerHTML = '<svg data-cove="map"><a href="/north"><circle aria-label="North"/></a></svg>';
  document.querySelector("circle")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(told).toEqual([["$click", { text: "", element: "map", href: undefined }]]);
});
