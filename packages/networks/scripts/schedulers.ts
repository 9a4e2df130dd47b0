/**
 * Writes docs/schedulers.md: every scheduler class of diffusers, sampled as there or refused by name.
 *
 * SYMBREAK_PYTHON=… node --conditions=source packages/networks/scripts/schedulers.ts
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everyScheduler, schedulerPage } from "./every-scheduler.ts";

const python = process.env.SYMBREAK_PYTHON;
if (python === undefined) throw new Error("SYMBREAK_PYTHON must name a python with diffusers");
const directory = await mkdtemp(join(tmpdir(), "schedulers-"));
try {
  const page = schedulerPage(await everyScheduler(python, directory));
  await writeFile(new URL("../../../docs/schedulers.md", import.meta.url), page);
} finally {
  await rm(directory, { recursive: true });
}
