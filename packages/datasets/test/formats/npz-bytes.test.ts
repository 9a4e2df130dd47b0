import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { npzBytes, readNpz } from "../../src/index.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "npz-"));
});
afterAll(() => rm(directory, { recursive: true }));

const arrays = {
  mu: { data: Float64Array.of(1, -2.5, 1e300) },
  sigma: { data: Float64Array.from({ length: 6 }, (_, i) => i / 7), shape: [2, 3] },
  n: { data: Float64Array.of(42), shape: [] },
  text: { data: Uint8Array.from(Buffer.from("pca64")) },
};

test("arrays come back as they were written", async () => {
  const file = join(directory, "stats.npz");
  await writeFile(file, npzBytes(arrays));
  const found = await readNpz(file);
  expect(Object.keys(found)).toEqual(["mu", "sigma", "n", "text"]);
  expect(found.mu).toEqual({ shape: [3], type: "f8", data: arrays.mu.data });
  expect(found.sigma).toEqual({ shape: [2, 3], type: "f8", data: arrays.sigma.data });
  expect(found.n!.shape).toEqual([]);
  expect(Buffer.from(found.text!.data as Uint8Array).toString()).toBe("pca64");
});

test("the same arrays give the same bytes, and the numbers lie on multiples of 64", () => {
  expect(npzBytes(arrays)).toEqual(npzBytes(arrays));
  const bytes = Buffer.from(npzBytes({ mu: arrays.mu }));
  // 30 bytes of header and the name, then the array's file; its own header is a multiple of 64.
  const start = 30 + "mu.npy".length;
  expect(bytes.readUInt16LE(start + 8)).toBe(128 - 10);
});

test("a shape that holds another number of values is an error", () => {
  expect(() => npzBytes({ x: { data: new Float64Array(5), shape: [2, 3] } })).toThrow(
    "shape must hold 5 numbers, got 2,3",
  );
});
