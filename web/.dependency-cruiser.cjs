/** Who may import whom in the console; the floors mirror the server's. Patterns only, so that a new module is held to them at once. */
const MODULE = "^apps/console/src/modules/([^/]+)/([^/]+)/";
const FLOORS = ["kernel", "directory", "engine", "business", "cockpit"];

/** A floor imports only itself and floors below. */
const upward = FLOORS.slice(0, -1).map((floor, index) => ({
  name: `no-upward-import-from-${floor}`,
  severity: "error",
  comment: "A floor imports only floors below it; what is above fills a slot instead.",
  from: { path: `^apps/console/src/modules/${floor}/` },
  to: { path: `^apps/console/src/modules/(${FLOORS.slice(index + 1).join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: "only-through-embed",
      severity: "error",
      comment: "A module imports another only through its embed/.",
      from: { path: MODULE },
      to: { path: "^apps/console/src/modules/", pathNot: ["^apps/console/src/modules/$1/$2/", "^apps/console/src/modules/[^/]+/[^/]+/embed/"] },
    },
    {
      name: "module-knows-only-the-route-of-app",
      severity: "error",
      comment: "The app gathers modules, not the other way round; a module sees only what a route is.",
      from: { path: MODULE },
      to: { path: "^apps/console/src/app/", pathNot: "^apps/console/src/app/route\\.ts$" },
    },
    {
      name: "app-gathers-by-routes-and-embed",
      severity: "error",
      comment: "The app takes routes, texts, the sign-in page and what modules embed.",
      from: { path: "^apps/console/src/app/" },
      to: { path: "^apps/console/src/modules/", pathNot: "/(routes\\.tsx|locales/[^/]+\\.ts|embed/[^/]+|pages/SignIn\\.tsx)$" },
    },
    {
      name: "packages-know-no-app",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
    {
      name: "api-knows-no-kit",
      severity: "error",
      from: { path: "^packages/api/" },
      to: { path: "^packages/kit/" },
    },
    {
      name: "parts-use-no-pages",
      severity: "error",
      from: { path: "/(parts|embed)/" },
      to: { path: "/pages/" },
    },
    { name: "no-circle", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "no-orphan", severity: "error", from: { orphan: true, pathNot: ["\\.d\\.ts$", "embed/slots\\.ts$", "\\.config\\.ts$"] }, to: {} },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.(css|svg)$|/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"], mainFields: ["module", "main", "types"] },
  },
};
