import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import {
  readPipelineDirectory,
  writePipelineDirectory,
} from "../../../src/node/diffusers/pipeline-directory.ts";
import { directoryOf, exampleOf, NETWORKS } from "../../diffusers/fixtures.ts";
import { distance } from "../../distance.ts";
import { outputOf } from "../../leaves.ts";

const python = process.env.SYMBREAK_PYTHON;
const script = fileURLToPath(new URL("../../../scripts/diffusers-fixtures.py", import.meta.url));
const run = promisify(execFile);

// SYMBREAK_PYTHON names a python that has diffusers and torch.
describe.runIf(python !== undefined)("with diffusers at hand", () => {
  test("each network that is written here is loaded there, with the same outputs", async () => {
    const directory = await mkdtemp(join(tmpdir(), "pipelines-"));
    try {
      for (const name of NETWORKS) {
        const pipeline = await readPipelineDirectory(directoryOf(name));
        // Other weights than diffusers wrote itself.
        const weights = Object.fromEntries(
          Object.entries(pipeline.weights).map(([key, w]) => [key, w.map((v) => 0.9 * v + 0.01)]),
        );
        const { output: _, ...feeds } = exampleOf(name);
        const at = join(directory, name);
        await writePipelineDirectory(at, { ...pipeline, weights });
        await writeFile(join(at, "example.json"), JSON.stringify(feeds));
      }
      const places = NETWORKS.map((name) => join(directory, name));
      const { stdout } = await run(python!, [script, "check", ...places]);
      const results: { output: number[]; scheduler: string }[] = JSON.parse(stdout);
      for (const [i, place] of places.entries()) {
        const { model, weights, scheduler } = await readPipelineDirectory(place);
        const { output: _, ...feeds } = exampleOf(NETWORKS[i]!);
        expect(results[i]!.scheduler).toBe(scheduler!._class_name);
        const ours = outputOf(model, weights, feeds);
        expect(Math.max(...ours.map(Math.abs))).toBeGreaterThan(0.01);
        expect(distance(ours, results[i]!.output)).toBeLessThan(1e-4);
      }
    } finally {
      await rm(directory, { recursive: true });
    }
  }, 180_000);
});
