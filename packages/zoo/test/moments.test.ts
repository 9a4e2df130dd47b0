import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type DenoiserCard, loadModel, MODEL_NAMES } from "../src/index.ts";
import { decodeMoments } from "../src/moments-file.ts";

const models = await Promise.all(MODEL_NAMES.map(loadModel));
const denoisers = models.filter(({ card }) => card.kind === "denoiser");

test.each(denoisers)("the moments of $card.name are a Gaussian of its shape", async (model) => {
  const card = model.card as DenoiserCard;
  const size = card.shape.reduce((product, n) => product * n, 1);
  const moments = (await model.moments())!;
  expect(card.moments!.bytes).toBeLessThan(250_000);
  expect(moments).toMatchObject({ size, count: card.data.n });
  const { eigenvalues, eigenvectors, residual } = moments.covariance;
  expect(eigenvalues.length).toBe(128);
  expect(eigenvalues).toEqual(eigenvalues.toSorted((a, b) => b - a));
  expect(residual).toBeGreaterThan(0);
  expect(residual).toBeLessThan(eigenvalues[127]!);
  for (let i = 0; i < 128; i++)
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = 0; k < size; k++)
        dot += eigenvectors[i * size + k]! * eigenvectors[j * size + k]!;
      expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-6);
    }
});

test("directions are made orthonormal by a change within half precision", async () => {
  const { card, moments } = await loadModel("mnist");
  const { size, axes } = (card as DenoiserCard).moments!;
  const path = new URL("../models/mnist.moments", import.meta.url);
  const stored = gunzipSync(readFileSync(path)).subarray(4 * (size + axes));
  const found = (await moments())!.covariance.eigenvectors;
  let [apart, signal] = [0, 0];
  for (let i = 0; i < axes * size; i++) {
    const bits = stored.readUInt16LE(2 * i);
    const exponent = (bits >> 10) & 31;
    const magnitude =
      exponent === 0 ? (bits & 1023) * 2 ** -24 : (1 + (bits & 1023) / 1024) * 2 ** (exponent - 15);
    const value = bits >> 15 ? -magnitude : magnitude;
    apart += (found[i]! - value) ** 2;
    signal += value * value;
  }
  expect(Math.sqrt(apart / signal)).toBeLessThan(2 ** -11);
});

test("a file of another length than its card says is refused", async () => {
  const stored = { size: 2, axes: 1, residual: 0, count: 3, bytes: 0, sha256: "" };
  const right = gzipSync(new Uint8Array(4 * 3 + 2 * 2));
  const wrong = gzipSync(new Uint8Array(4 * 3 + 2 * 2 + 1));
  expect((await decodeMoments(new Uint8Array(right), stored)).mean.length).toBe(2);
  await expect(decodeMoments(new Uint8Array(wrong), stored)).rejects.toThrow(
    "the moments must be 16 bytes, got more",
  );
});

test("a classifier has no moments", async () => {
  expect(await (await loadModel("mnist-classifier")).moments()).toBeUndefined();
});

test("damaged bytes are refused by name", async () => {
  const layout = { size: 2, axes: 1, residual: 0, count: 1 };
  for (const bytes of [Uint8Array.of(1, 2, 3), new Uint8Array(0)])
    await expect(decodeMoments(bytes, layout)).rejects.toThrow(
      "decodeMoments: the moments must be 16 bytes, got",
    );
});
