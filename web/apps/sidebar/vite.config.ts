import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Where the server under development listens; only `npm run dev` uses it.
const SERVER = "http://127.0.0.1:8000";

export default defineConfig({
  root: here("."),
  base: "/sidebar/",
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@cove\/api\/(.*)$/, replacement: `${here("../../packages/api/src")}/$1` },
      { find: /^@cove\/kit\/(.*)$/, replacement: `${here("../../packages/kit/src")}/$1` },
    ],
  },
  server: { proxy: { "/api": SERVER, "/signin": SERVER } },
  build: {
    outDir: here("../../../cove/edge/sidebar/built"),
    emptyOutDir: true,
    assetsDir: "assets",
    // Nothing inline: the content security policy allows scripts from our own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
