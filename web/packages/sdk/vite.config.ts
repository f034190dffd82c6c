import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `--mode snippet`: the script that the collector serves. `--mode package`: the module of the npm package. */
export default defineConfig(({ mode }) => ({
  root: here("."),
  publicDir: false,
  build: {
    // In-app browsers of telephones grow old.
    target: "es2018",
    minify: true,
    // The collector's folder holds the script for mini-programs, too.
    emptyOutDir: false,
    ...(mode === "snippet"
      ? {
          outDir: here("../../../cove/edge/collector/built"),
          lib: { entry: here("src/snippet.ts"), name: "coveSnippet", formats: ["iife"], fileName: () => "cove.js" },
        }
      : {
          outDir: here("dist"),
          lib: { entry: here("src/index.ts"), formats: ["es"], fileName: () => "index.js" },
        }),
  },
}));
