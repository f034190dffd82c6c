// Runs dependency-cruiser, and fails as well when it read next to nothing: with a compiler that it cannot use it reads no file and is content.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDERS = ["apps", "packages"];
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const run = spawnSync(
  process.execPath,
  [here("../node_modules/dependency-cruiser/bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...FOLDERS],
  { cwd: here(".."), encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);
if (!run.stdout) {
  console.error(run.stderr);
  process.exit(1);
}
const { summary, modules } = JSON.parse(run.stdout);
for (const { rule, from, to } of summary.violations) console.error(`${rule.severity} ${rule.name}: ${from} → ${to}`);

const isOurs = (path) => /^[^/]+\/src\/.*\.tsx?$/.test(path.replaceAll("\\", "/"));
const written = FOLDERS.flatMap((folder) => readdirSync(here(`../${folder}`), { recursive: true })).filter(isOurs).length;
const read = modules.filter(({ source }) => /^(apps|packages)\/[^/]+\/src\//.test(source)).length;
console.log(`dependencies: ${read} of ${written} files read, ${summary.error} errors`);
if (read < written * 0.9) {
  console.error("Most files were not read, so the check says nothing.");
  process.exit(1);
}
process.exit(summary.error > 0 ? 1 : 0);
