import { multiply, philoxNoise } from "@symbreak/core";
import { empiricalDenoiser } from "@symbreak/samplers";
import { afterEach, expect, test, vi } from "vitest";
import { matrixEngine } from "../../src/engine/matrix-engine.ts";

afterEach(() => {
  vi.doUnmock("onnxruntime-node");
  vi.resetModules();
});

function normals(length: number, seed: number): Float32Array {
  const out = new Float32Array(length);
  philoxNoise(seed)(out, length, 0);
  return out;
}

test("the engine multiplies as core does, b transposed or not", async () => {
  const engine = await matrixEngine();
  expect(engine).toMatchObject({ fast: true, name: expect.stringMatching(/^onnxruntime-node \d/) });
  const [a, b] = [normals(6 * 5, 1), normals(5 * 7, 2)];
  for (const transposeB of [false, true]) {
    const shape = { rows: 6, inner: 5, columns: 7, transposeB };
    const [fast, exact] = [
      await engine.multiply(a, b, shape),
      multiply(Float64Array.from(a), Float64Array.from(b), shape),
    ];
    for (let i = 0; i < exact.length; i++) expect(fast[i]).toBeCloseTo(exact[i]!, 5);
  }
});

test("the engine's exact score agrees with that of samplers from noise to data", async () => {
  const engine = await matrixEngine();
  const images = normals(60 * 16, 3).map((value, i) => value + (i % 16) / 4);
  const [fast, slow] = [engine.denoiser(images, [1, 4, 4]), empiricalDenoiser(images, [1, 4, 4])];
  expect(fast).toMatchObject({ shape: [1, 4, 4], predicts: "sample" });
  const x = normals(9 * 16, 4);
  for (const sigma of [0.9999, 0.8, 0.3, 0.02]) {
    const level = { alpha: Math.sqrt(1 - sigma ** 2), sigma, timestep: 0 };
    const [p, q] = [await fast.predict(x, level), await slow.predict(x, level)];
    for (let i = 0; i < q.length; i++) expect(Math.abs(p[i]! - q[i]!)).toBeLessThan(2e-4);
  }
});

test("without onnxruntime-node the engine falls back, works, and says why", async () => {
  vi.doMock("onnxruntime-node", () => {
    throw new Error("Cannot find package 'onnxruntime-node'");
  });
  vi.resetModules();
  const { matrixEngine: fresh } = await import("../../src/engine/matrix-engine.ts");
  const engine = await fresh();
  expect(engine.fast).toBe(false);
  expect(engine.name).toMatch(/^WebAssembly SIMD \(onnxruntime-node: /);
  const product = await engine.multiply(Float32Array.of(1, 2), Float32Array.of(3, 4), {
    rows: 1,
    inner: 2,
    columns: 1,
  });
  expect([...product]).toEqual([11]);
});
