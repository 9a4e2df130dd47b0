import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sample } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { openNetwork } from "../src/node/index.ts";

const python = process.env.SYMBREAK_PYTHON;
const script = fileURLToPath(new URL("../scripts/pipeline-layouts.py", import.meta.url));

// SYMBREAK_PYTHON names a python that has diffusers and torch.
test.runIf(python !== undefined)(
  "a pipeline is the same in every layout that diffusers writes, and pickles are refused",
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "layouts-"));
    try {
      await promisify(execFile)(python!, [script, directory]);
      const samplesOf = async (layout: string) => {
        const network = await openNetwork(join(directory, layout));
        const { solver } = network.defaults!;
        return (await sample({ network, solver: solver!, steps: 3, count: 2, seed: 1 })).samples;
      };
      const plain = await samplesOf("plain");
      for (const layout of ["variant", "shards", "root", "ema"])
        expect(await samplesOf(layout), layout).toEqual(plain);
      await expect(samplesOf("pickle")).rejects.toThrow("safe_serialization=True");
    } finally {
      await rm(directory, { recursive: true });
    }
  },
  180_000,
);
