import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

/** Bytes that each visitor of each page loads. */
const LARGEST = 5000;
const WEB = process.cwd();

describe.each([
  ["sdk", "snippet", "cove.js"],
  ["miniprogram", "served", "cove.miniprogram.js"],
])("the build of %s", (folder, mode, name) => {
  it(`is under ${LARGEST} bytes packed, has no dependency and runs by itself`, () => {
    const out = mkdtempSync(join(tmpdir(), "cove-sdk-"));
    try {
      execFileSync(process.execPath, [join(WEB, "node_modules/vite/bin/vite.js"), "build", "--mode", mode, "--outDir", out, "--logLevel", "error"], {
        cwd: join(WEB, "packages", folder),
        env: { ...process.env, NODE_ENV: "production" },
      });
      const built = readFileSync(join(out, name));
      expect(gzipSync(built, { level: 9 }).length).toBeLessThan(LARGEST);
      expect(built.toString()).not.toMatch(/\brequire\(|^import /m);
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
