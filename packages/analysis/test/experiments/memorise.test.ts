import { dataOf, empirical, memoryStore } from "@symbreak/core";
import { expect, test } from "vitest";
import { memorise } from "../../src/experiments/memorise.ts";
import { drawsOf, exactNetwork, TWO_CLASSES } from "./exact-network.ts";

const FEW = drawsOf(TWO_CLASSES, 30, 1);
/** A lattice: no two points are as near as the cleanest noise, 0.01, which would be denoised to the middle between them. */
const LATTICE = dataOf(
  Float32Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? (i >> 1) % 5 : Math.floor(i / 10))),
  [2],
);
const HELD = drawsOf(TWO_CLASSES, 200, 2);

test("the exact score of fifteen points copies them over the whole chain; held-out points show what chance is", async () => {
  const law = empirical(Float32Array.from(LATTICE.values), 2);
  const findings: string[] = [];
  const { result, samples } = await memorise(
    exactNetwork(law),
    LATTICE,
    { samples: 100, steps: 500, heldOut: HELD, seed: 1 },
    { progress: ({ finding }) => finding && findings.push(finding) },
  );
  expect(result.memorised.value).toBeGreaterThan(0.95);
  expect(result.heldOut!.memorised.value).toBeLessThan(0.5);
  expect(result.heldOut!.samples).toBe(100);
  expect(samples.count).toBe(100);
  expect(result.protocol).toMatchObject({
    steps: 500,
    nfe: 500,
    samples: 100,
    grid: { name: "leading" },
  });
  expect(findings[0]).toMatch(/^Of 100 samples of the whole process .* % are copies/);
}, 60_000);

test("a network of the true law copies no more than chance", async () => {
  const network = exactNetwork(TWO_CLASSES);
  const { result } = await memorise(network, FEW, { samples: 100, steps: 60, heldOut: HELD });
  const chance = result.heldOut!.memorised.value;
  expect(Math.abs(result.memorised.value - chance)).toBeLessThan(0.2);
}, 60_000);

test("samples are kept by their protocol", async () => {
  const store = memoryStore();
  const effort = { samples: 20, steps: 10 };
  const first = await memorise(exactNetwork(TWO_CLASSES), FEW, effort, { store });
  const again = exactNetwork(TWO_CLASSES);
  expect(await memorise(again, FEW, effort, { store })).toEqual(first);
  expect(again.calls()).toBe(0);
});

test("what does not fit is refused by name", async () => {
  const network = exactNetwork(TWO_CLASSES);
  await expect(memorise(network, FEW, { sample: 3 } as never)).rejects.toThrow("sample");
  const wide = dataOf(new Float32Array(9), [3]);
  await expect(memorise(network, wide)).rejects.toThrow("data must be 2, as the network's");
});
