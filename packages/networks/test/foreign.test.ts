import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { ddim, sample } from "@symbreak/samplers";
import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { networkNotes, type OnnxRuntime, openOnnx } from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const notes = JSON.parse(/```json\n(.*?)```/s.exec(readme)![1]!) as Record<string, unknown>;
const file = process.env.SYMBREAK_TERRAIN;

test("the notes of the README are whole", () => {
  const read = networkNotes("the README", notes);
  expect(read.process).toEqual({ name: "scales", sigmas: [80, 0.002], told: "sigma" });
  expect(read.classes!.scale! * 99).toBeCloseTo(1, 15);
});

// SYMBREAK_TERRAIN names terrain_consistency_unet_difficulty100.onnx of adaptive-terrain-diffusion 0.4.2.
test.runIf(file !== undefined)(
  "somebody else's network gives what its own program gives, one sample of each class",
  async () => {
    const runtime = ort as unknown as OnnxRuntime;
    const bytes = await readFile(file!);
    const network = await openOnnx(bytes, { runtime, notes, name: "terrain" });
    const noise = Float32Array.from({ length: 2 * 128 ** 2 }, (_, i) => 2 * Math.sin(i * i));
    const run = { network, solver: ddim(), count: 2, condition: { classes: [9, 69] } };
    const { samples } = await sample({ ...run, steps: 1, noise: (out) => out.set(noise) });
    // Its program: one call of the file with sigma 80 and the difficulty k/99.
    const session = await ort.InferenceSession.create(bytes);
    const { denoised } = await session.run({
      noisy: new ort.Tensor(
        "float32",
        noise.map((value) => 80 * value),
        [2, 1, 128, 128],
      ),
      sigma: new ort.Tensor("float32", [80, 80], [2]),
      difficulty: new ort.Tensor("float32", [9 / 99, 69 / 99], [2]),
    });
    const theirs = denoised!.data as Float32Array;
    const apart = samples.map((value, i) => Math.abs(value - theirs[i]!));
    expect(Math.max(...apart)).toBeLessThan(1e-4);
    expect(Math.max(...theirs) - Math.min(...theirs)).toBeGreaterThan(0.5);
    await expect(sample({ network, solver: ddim(), steps: 1 })).rejects.toThrow(
      "terrain must be told a class",
    );
  },
  60_000,
);
