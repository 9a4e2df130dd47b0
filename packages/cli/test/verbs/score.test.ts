import { expect, test } from "vitest";
import { call, json } from "../support/call.ts";

test("score says what data and local machines say of a network", { timeout: 600_000 }, async () => {
  const { quality, dimension, explained, scales } = (await json([
    ...["score", "zoo:mnist", "--looked", "2", "--skip-gap", "--limit", "200"],
    ...["--samples", "2", "--images", "20", "--steps", "3"],
  ])) as unknown as {
    quality: { at: { implicit: { value: number }; denoising: { value: number } }[] };
    dimension: { flipd: { value: number }; gap: null }[];
    explained: { model: string; median: number; values: number[] }[];
    scales: { kernel: number }[];
  };
  expect(quality.at).toHaveLength(5);
  expect(dimension.every(({ gap }) => gap === null)).toBe(true);
  expect(explained.map(({ model }) => model)).toEqual([
    ...["local", "equivariant", "bordered", "exact", "gaussian"],
  ]);
  for (const { values, median } of explained) {
    expect(values).toHaveLength(2);
    expect(median).toBeLessThan(1);
  }
  for (const { kernel } of scales) expect([3, 5, 9, 13, 17]).toContain(kernel);
});

test("score refuses too few samples by name", async () => {
  const { code, stderr } = await call(["score", "zoo:mnist", "--looked", "1"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("--looked")]);
});
