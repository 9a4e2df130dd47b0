import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { philoxNoise } from "@symbreak/core";
import { interpret } from "@symbreak/graph";
import { denoiserProgram, partsOf, resolveConfig } from "@symbreak/trainer";
import { readRunDirectory, writeCheckpoint } from "@symbreak/trainer/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadClassifier } from "../../src/network/load-classifier.ts";
import { call } from "../support/call.ts";

const COUNT = 300;
const values = new Float32Array(COUNT * 64);
philoxNoise(1)(values, 64, 0);

let directory: string;
let run: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "classifier-"));
  run = join(directory, "digits");
  const config = resolveConfig({
    name: "digits",
    data: { dataset: "mnist", resize: 8, scale: "unit" },
    model: {
      className: "CleanClassifier",
      sampleSize: 8,
      inChannels: 1,
      classes: 10,
      featureSize: 6,
      blockOutChannels: [4, 4],
    },
    objective: { name: "classification" },
    batch: 4,
    steps: 2,
  });
  const parts = partsOf(config);
  const state = parts.step.initialState(1);
  await writeCheckpoint(run, parts, { step: 2, state, memory: undefined, engine: "none" });
  await writeFile(join(run, "config.json"), JSON.stringify(config));
});
afterAll(() => rm(directory, { recursive: true }));

test("a run classifies, batch after batch, as its network does in double precision", async () => {
  const { classify, ...about } = await loadClassifier(run);
  expect(about).toMatchObject({ name: "digits", shape: [1, 8, 8], scale: "unit", featureSize: 6 });
  expect(about.classes).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  expect(about.runtime).toMatch(/^onnxruntime-(node|web)/);
  const { logits, features } = await classify(values, COUNT);
  const { model, weights } = await readRunDirectory(run);
  const exact = interpret(denoiserProgram(model, COUNT), { ...weights, sample: values });
  for (const [found, expected] of [
    [logits, exact.output!],
    [features, exact.features!],
  ] as const) {
    expect(found.length).toBe(expected.length);
    expect(expected.some((v) => v !== 0)).toBe(true);
    expect(Math.max(...expected.map((v, i) => Math.abs(v - found[i]!)))).toBeLessThan(1e-5);
  }
});

test("an exported file says and does the same", async () => {
  const file = join(directory, "file.onnx");
  expect((await call(["export", run, "--onnx", file])).code).toBe(0);
  // The file says more of itself than the run's, so that their bytes have digests of their own.
  const [{ classify: a, name: _, digest: runs, ...of }, { classify: b, name, digest, ...at }] =
    await Promise.all(
      [run, file].map(loadClassifier) as [
        ReturnType<typeof loadClassifier>,
        ReturnType<typeof loadClassifier>,
      ],
    );
  expect(name).toBe("file");
  for (const known of [runs, digest]) expect(known).toMatch(/^[0-9a-f]{64}$/);
  expect(at).toEqual(of);
  expect(await b(values, COUNT)).toEqual(await a(values, COUNT));
}, 120_000);

test("what is no classifier, or cannot be fed, is an error that says why", async () => {
  const ddpm = fileURLToPath(
    new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
  );
  await expect(loadClassifier(ddpm)).rejects.toThrow("is no classifier: it holds a UNet2DModel");
  await expect(loadClassifier(join(run, "unet"))).rejects.toThrow("take its run directory");
  const { classify } = await loadClassifier(run);
  await expect(classify(values, 7)).rejects.toThrow("images of 1×8×8: 7 of them are 448 values");
});
