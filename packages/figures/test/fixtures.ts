import {
  gaussianMixture,
  generativePotential,
  philoxNoise,
  TWO_DELTAS,
  TWO_DELTAS_THETA,
  traceBranches,
  twoGaussiansFixedPoints,
} from "@symbreak/core";
import { JSDOM } from "jsdom";
import type {
  BifurcationData,
  ExcessEntropyData,
  LateStartCurveData,
  PotentialSplittingData,
  SpectrumData,
} from "../src/index.ts";

/** What figures draw into under Node. */
export const document: unknown = new JSDOM("").window.document;

/** Throws unless the markup is one well-formed SVG element; returns its text alternative. */
export function ariaLabel(svg: string): string {
  const { window } = new JSDOM("");
  const root = new window.DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.tagName !== "svg") throw new Error(`not an SVG: ${root.textContent}`);
  return root.getAttribute("aria-label") ?? "";
}

const deltas = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] });

/** u/β of two deltas at ±1. */
function potential(x: readonly number[], theta: number): number[] {
  const level = { alpha: theta, sigma: Math.sqrt(1 - theta ** 2) };
  return [...generativePotential(deltas, Float64Array.from(x), level)];
}

const thetas = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);

export const pitchfork: BifurcationData = {
  name: "pitchfork: two equal deltas",
  parameter: "theta",
  critical: TWO_DELTAS_THETA,
  branches: traceBranches((theta) => twoGaussiansFixedPoints(TWO_DELTAS, theta ** 2), thetas)
    .branches,
};

/** 24 particles of the reverse SDE, Euler–Maruyama. */
export function splitting(): PotentialSplittingData {
  const times = Array.from({ length: 61 }, (_, i) => 2 * (1 - i / 60) + 0.002);
  const substeps = 20;
  const noise = philoxNoise(1);
  const count = 24;
  const kicks = new Float64Array(count * (1 + 60 * substeps));
  noise(kicks, kicks.length / count, 0);
  const paths = Array.from({ length: count }, (_, p) => {
    let k = (p * kicks.length) / count;
    let x = kicks[k++]!;
    const path = [x];
    for (let i = 1; i < times.length; i++) {
      const dt = (times[i - 1]! - times[i]!) / substeps;
      for (let s = 0; s < substeps; s++) {
        const theta = Math.exp(-(times[i - 1]! - s * dt));
        const variance = 1 - theta ** 2;
        const score = (-x + theta * Math.tanh((theta * x) / variance)) / variance;
        x += (x + 2 * score) * dt + Math.sqrt(2 * dt) * kicks[k++]!;
      }
      path.push(x);
    }
    return { x: path, decision: (x > 0 ? 1 : -1) as 1 | -1 };
  });
  const grid = Array.from({ length: 121 }, (_, i) => -2.2 + (i * 4.4) / 120);
  const cuts = [0.3, 0.64, 0.8, 0.95].map((theta) => {
    const at = times.findIndex((time) => Math.exp(-time) >= theta);
    const heights = potential(
      paths.map(({ x }) => x[at]!),
      theta,
    );
    const particles = paths.map(({ x, decision }, i) => ({ x: x[at]!, u: heights[i]!, decision }));
    return { label: `θ = ${theta}`, x: grid, u: potential(grid, theta), particles };
  });
  const { branches } = traceBranches(
    (time) => twoGaussiansFixedPoints(TWO_DELTAS, Math.exp(-2 * time)),
    times,
  );
  return { cuts, times, paths, branches, critical: -Math.log(TWO_DELTAS_THETA) };
}

/** MNIST 1 and 8, unit scale. */
export const digits: SpectrumData = {
  eigenvalues: [7.667355, 4.437612, 2.916735, 2.033843, 1.712635, 1.375832, 1.010131, 0.852791],
  scale: "unit",
  speciation: 1.018486,
  collapse: [
    { name: "full spectrum", time: 0.459165 },
    { name: "variance Tr C/d", time: 0.573369 },
    { name: "unit variance", time: 2.013489 },
  ],
};

export const entropy: ExcessEntropyData = {
  points: Array.from({ length: 16 }, (_, k) => {
    const time = 4 * (1 - k / 16);
    const value = Math.max(0, 1 - 1.7 * Math.exp(-1.1 * time));
    return { time, value, low: value - 0.02, high: value + 0.02 };
  }),
  threshold: 0.05,
  collapse: 0.52,
  n: 10_000,
  d: 784,
};

/** Distances of a first network (DDIM), by start index. */
export const curve: LateStartCurveData = {
  metric: "FD-cnn128",
  sampler: "DDIM",
  speciation: 1.509411,
  series: [
    [10, 4.108, 40.7, 80.6, 47.4, 32.1, 30.5, 35.3],
    [5, 3.249, 83, 86.4, 55.9, 47.4, 56.5, 74.6],
    [3, 2.267, 218, 100.9, 83.7, 107.9, 170.7, 274.6],
  ].map(([steps, time, noise, ...late]) => ({
    steps: steps!,
    noise: { time: time!, ...within(noise!) },
    late: late.map((value, i) => ({
      time: [0.466, 0.821, 1.277, 1.833, 2.49][i]!,
      ...within(value),
    })),
  })),
};

function within(value: number) {
  return { value, low: 0.94 * value, high: 1.06 * value };
}
