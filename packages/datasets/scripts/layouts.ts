/**
 * Writes docs/data.md: the layouts that people have their data in, each written by its own tool and read here, or refused.
 *
 * SYMBREAK_PYTHON=… node --conditions=source packages/datasets/scripts/layouts.ts
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everyLayout, layoutPage } from "./every-layout.ts";

const python = process.env.SYMBREAK_PYTHON;
if (python === undefined) throw new Error("SYMBREAK_PYTHON must name a python with the tools");
const directory = await mkdtemp(join(tmpdir(), "layouts-"));
try {
  const table = await everyLayout(python, directory);
  await writeFile(new URL("../../../docs/data.md", import.meta.url), layoutPage(table));
} finally {
  await rm(directory, { recursive: true });
}
