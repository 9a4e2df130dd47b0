import { expect, test } from "vitest";
import { torchGenerator, torchNoise } from "../../src/index.ts";
import { golden } from "../golden.ts";

const expectClose = (actual: Float32Array, expected: readonly number[], tolerance: number) =>
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance);
  });

test("randn(768) after manual_seed(0) begins as PyTorch's, and so does the second", () => {
  const generator = torchGenerator(0);
  const first = [-1.1258398, -1.1523602, -0.25057858, -0.4338788];
  const second = [0.49741665, 0.26852223, 1.4768786, 0.35479507];
  expectClose(generator.randn(768), first, 1e-6);
  expectClose(generator.randn(768), second, 1e-6);
});

test("randn below 16 elements goes pair by pair: randn(5) after manual_seed(0)", () => {
  const expected = [1.5409961, -0.2934289, -2.1787894, 0.56843126, -1.0845224];
  expectClose(torchGenerator(0).randn(5), expected, 1e-7);
});

test("rand is exact: rand(4) after manual_seed(0)", () => {
  const expected = Float32Array.of(0.4962566, 0.7682218, 0.08847743, 0.13203049);
  expect(torchGenerator(0).rand(4)).toEqual(expected);
});

interface TorchRandom {
  randn: { length: number; head: number[]; tail: number[] }[];
  randWrapped: number[];
  randNegative: number[];
}

test("a chain of randn of many lengths follows PyTorch: ragged ends, the kept normal and all", () => {
  const generator = torchGenerator(0);
  for (const { length, head, tail } of golden<TorchRandom>("torch-random.json").randn) {
    const values = generator.randn(length);
    if (length >= 16) {
      // The vector code of x86, bit for bit.
      expect(values.subarray(0, head.length)).toEqual(Float32Array.from(head));
      expect(values.subarray(-tail.length)).toEqual(Float32Array.from(tail));
    } else expectClose(values, head, 1e-6);
  }
});

test("only the low 32 bits of a seed count, also of a negative one", () => {
  const { randWrapped, randNegative } = golden<TorchRandom>("torch-random.json");
  expect([...torchGenerator(2 ** 32 + 5).rand(3)]).toEqual(randWrapped);
  expect([...torchGenerator(-5).rand(3)]).toEqual(randNegative);
});

test("torchNoise is randn of the batch's length, draw after draw, and refuses to go back", () => {
  const noise = torchNoise(0);
  const generator = torchGenerator(0);
  for (const draw of [0, 1, 4]) {
    const out = new Float32Array(48);
    noise(out, 12, draw);
    expect(out).toEqual(generator.randn(48));
  }
  expect(() => noise(new Float32Array(48), 12, 4)).toThrow(/torchNoise: draws must ascend/);
});
