import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One file that a mini-program takes by `require` or `import`. `--mode served`: where the collector offers it; `--mode package`: for npm. */
export default defineConfig(({ mode }) => ({
  root: here("."),
  publicDir: false,
  resolve: { alias: [{ find: /^@cove\/sdk\/(.*)$/, replacement: `${here("../sdk/src")}/$1` }] },
  build: {
    target: "es2018",
    minify: true,
    emptyOutDir: false,
    outDir: mode === "served" ? here("../../../cove/edge/collector/built") : here("dist"),
    lib: { entry: here("src/index.ts"), formats: ["cjs"], fileName: () => "cove.miniprogram.js" },
  },
}));
