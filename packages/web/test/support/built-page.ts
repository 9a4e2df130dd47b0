import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { chromium } from "./chromium.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the page built for the tests; empty where no browser could open it. */
    page: string;
  }
}

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the page once for all tests, as `pnpm build` does but into a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (chromium === undefined) {
    project.provide("page", "");
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), "symbreak-lab-"));
  const vite = createRequire(import.meta.url).resolve("vite/package.json");
  const page = join(folder, "page");
  await promisify(execFile)(
    process.execPath,
    [join(vite, "../bin/vite.js"), "build", "--outDir", page],
    {
      cwd: PACKAGE,
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  project.provide("page", page);
  return () => rm(folder, { recursive: true, force: true });
}
