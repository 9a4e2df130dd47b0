import { expect, test } from "vitest";
import {
  cosineBetas,
  discreteSchedule,
  linearBetas,
  scaledLinearBetas,
  sigmoidBetas,
} from "../../src/index.ts";

test("linear betas run from 1e-4 to 0.02 in equal steps", () => {
  const betas = linearBetas(1000, 1e-4, 0.02);
  expect(betas[500]).toBeCloseTo(1e-4 + (500 * 0.0199) / 999, 16);
});

test("scaled linear betas are even in the root", () => {
  const roots = scaledLinearBetas(5, 0.01, 0.09).map(Math.sqrt);
  [0.1, 0.15, 0.2, 0.25, 0.3].forEach((root, i) => {
    expect(roots[i]).toBeCloseTo(root, 15);
  });
});

test("the cosine schedule has improved DDPM's values, and caps exactly one beta of 1000", () => {
  const betas = cosineBetas(1000);
  expect(betas[0]).toBeCloseTo(4.1284225e-5, 12);
  expect(betas.filter((beta) => beta === 0.999)).toHaveLength(1);
  const { alphaBars } = discreteSchedule({ kind: "cosine" });
  expect(alphaBars[249]).toBeCloseTo(0.847012, 6);
  expect(alphaBars[499]).toBeCloseTo(0.493844, 6);
  expect(alphaBars[749]).toBeCloseTo(0.144272, 6);
});

test("sigmoid betas are symmetric about the middle of their range", () => {
  const betas = sigmoidBetas(7, 0.001, 0.021);
  expect(betas[3]).toBeCloseTo(0.011, 16);
  for (let i = 0; i < 7; i++) expect(betas[i]! + betas[6 - i]!).toBeCloseTo(0.022, 15);
  expect(betas[0]).toBeCloseTo(0.001 + 0.02 / (1 + Math.exp(6)), 16);
});
