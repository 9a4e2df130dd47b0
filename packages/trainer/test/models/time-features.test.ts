import { constant, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { fourierFeatures, sinusoidalFeatures } from "../../src/models/time-features.ts";
import { distance } from "../distance.ts";

function values(tensor: ReturnType<typeof constant>): number[] {
  return Array.from(interpret(program({ tensor })).tensor!);
}

test("the frequencies of sinusoidal features go from 1 to 1/10000", () => {
  const options = { freqShift: 1, flipSinToCos: false };
  const features = values(sinusoidalFeatures(constant([500]), 6, options));
  const expected = [500, 5, 0.05].flatMap(Math.sin).concat([500, 5, 0.05].map(Math.cos));
  expect(distance(features, expected)).toBeLessThan(1e-5);
});

test("cosines come first when flipped, without a shift the lowest frequency is higher, odd sizes end in zero", () => {
  const options = { freqShift: 0, flipSinToCos: true };
  const features = values(sinusoidalFeatures(constant([2]), 5, options));
  const expected = [Math.cos(2), Math.cos(0.02), Math.sin(2), Math.sin(0.02), 0];
  expect(distance(features, expected)).toBeLessThan(1e-6);
});

test("Fourier features are sines, then cosines, of 2π w u", () => {
  const features = values(fourierFeatures(constant([0.25, 1]), constant([1, 0.5])));
  const root = Math.SQRT1_2;
  const worst = distance(features, [1, root, 0, root, 0, 0, 1, -1]);
  expect(worst).toBeLessThan(1e-12);
});
