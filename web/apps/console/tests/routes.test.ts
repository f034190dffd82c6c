import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import type { PageRoute } from "../src/app/route";
import { pageRoutes } from "../src/app/routes";

const MODULES = join(import.meta.dirname, "../src/modules");
const FLOORS = ["business", "cockpit", "directory", "engine", "kernel"];
const ROOMS = ["api", "api.ts", "embed", "locales", "pages", "parts", "routes.tsx"];
// A module with several nouns puts the noun before the kind of page: HandOverList.
const PAGES = /^([A-Z][A-Za-z]*)?(List|Detail|Create|Edit|SignIn)(\.module\.css|\.tsx)$/;

/** The files of a pages room; one that grows is split into folders by noun. */
function pageFiles(room: string): string[] {
  return readdirSync(room, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? readdirSync(join(room, entry.name)) : [entry.name]);
}

function flat(routes: PageRoute[], parent = ""): { path: string; route: PageRoute }[] {
  return routes.flatMap((route) => {
    const path = route.path.startsWith("/") ? route.path : `${parent}/${route.path}`;
    return [{ path, route }, ...flat(route.children ?? [], path)];
  });
}

it("gives every page an address of its own", () => {
  const paths = flat(pageRoutes).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

it("asks for a right on every page but Home and what is one's own", () => {
  const open = pageRoutes.filter((route) => !route.operation).map((route) => route.path);
  expect(open.sort()).toEqual(["/", "/account", "/account/notifications", "/account/security", "/notifications"]);
});

it("can load every page", async () => {
  for (const { path, route } of flat(pageRoutes)) {
    expect((await route.load()).default, path).toBeTypeOf("function");
  }
});

it("keeps to the floors and rooms of the house", () => {
  expect(readdirSync(MODULES).sort()).toEqual(FLOORS);
  for (const floor of FLOORS) {
    for (const module of readdirSync(join(MODULES, floor))) {
      const rooms = readdirSync(join(MODULES, floor, module));
      expect(rooms.filter((room) => !ROOMS.includes(room)), `${floor}/${module}`).toEqual([]);
      const pages = rooms.includes("pages") ? pageFiles(join(MODULES, floor, module, "pages")) : [];
      expect(pages.filter((page) => !PAGES.test(page)), `${floor}/${module}/pages`).toEqual([]);
    }
  }
});
