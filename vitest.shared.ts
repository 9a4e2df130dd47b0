import { defineConfig, type ViteUserConfig } from "vitest/config";

// `source` resolves every @symbreak package to its TypeScript, so that tests need no build.
const conditions = ["source", "module", "node", "development|production"];

const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // Tests share nothing mutable, so a worker serves many files: half the time.
  test: { include: ["test/**/*.test.ts"], isolate: false, testTimeout: 30_000 },
});

export default config;
