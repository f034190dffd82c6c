import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@cove\/api\/(.*)$/, replacement: `${here("./packages/api/src")}/$1` },
      { find: /^@cove\/sdk\/(.*)$/, replacement: `${here("./packages/sdk/src")}/$1` },
      { find: /^@cove\/kit\/(.*)$/, replacement: `${here("./packages/kit/src")}/$1` },
    ],
  },
  test: {
    environment: "jsdom",
    include: ["{apps,packages}/*/tests/**/*.test.{ts,tsx}"],
    setupFiles: [here("./tools/test-setup.ts")],
    css: { modules: { classNameStrategy: "non-scoped" } },
    testTimeout: 60_000,
    // Read anew with our own modules: it looks at the browser once, when it is loaded.
    server: { deps: { inline: ["@wecom/jssdk"] } },
  },
});
