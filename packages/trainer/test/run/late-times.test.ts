import { discreteSchedule } from "@symbreak/core";
import { expect, test } from "vitest";
import { partsOf } from "../../src/run/from-config.ts";
import { needsLateTimes, withLateTimes } from "../../src/run/late-times.ts";
import { tinyConfig } from "./tiny-config.ts";

const network = { className: "Mlp", size: 3, width: 8, depth: 1, timeFeatures: 4 };
const model = { className: "GaussianSkip", components: 2, network };
const late = (margin?: number) =>
  tinyConfig({
    model,
    objective: { name: "simple", times: { from: "late", ...(margin !== undefined && { margin }) } },
  });
const moments = (top: number) => ({
  covariance: {
    kind: "spectral" as const,
    eigenvalues: Float64Array.of(top, 0.1),
    eigenvectors: new Float64Array(6),
    residual: 0,
  },
});

test("at no margin the run ends where alphaBar Λ falls below one: MNIST's, 545", () => {
  const settled = withLateTimes(late(0), moments(20.4675));
  expect(settled.objective).toMatchObject({ times: { from: "late", margin: 0, below: 545 } });
  const { alphaBars } = discreteSchedule();
  expect(alphaBars[544]! * 20.4675).toBeGreaterThan(1);
  expect(alphaBars[545]! * 20.4675).toBeLessThan(1);
});

test("a margin is OU time above; a quarter without", () => {
  const { alphaBars } = discreteSchedule();
  for (const [given, margin] of [
    [undefined, 0.25],
    [0.6, 0.6],
  ] as const) {
    const { objective } = withLateTimes(late(given), moments(10));
    const { below } = (objective as { times: { below: number } }).times;
    const end = 0.5 * Math.log(10) + margin;
    expect(-0.5 * Math.log(alphaBars[below - 1]!)).toBeLessThanOrEqual(end);
    expect(-0.5 * Math.log(alphaBars[below]!)).toBeGreaterThan(end);
  }
});

test("it is worked out once, and the network is the Gaussian above", () => {
  expect(needsLateTimes(late())).toBe(true);
  const settled = withLateTimes(late(), moments(10));
  expect(needsLateTimes(settled)).toBe(false);
  expect(withLateTimes(settled, moments(1000))).toBe(settled);
  const { below } = (settled.objective as { times: { below: number } }).times;
  expect(partsOf(settled).model.config).toMatchObject({ below });
  expect(partsOf(tinyConfig({ model })).model.config).toMatchObject({ below: null });
});

test("what cannot be worked out or answered is refused", () => {
  expect(() => partsOf(late())).toThrow("must be worked out by withLateTimes");
  expect(() => withLateTimes(late(), moments(0.9))).toThrow("must exceed 1, got 0.9");
  const bare = tinyConfig({ objective: { name: "simple", times: { below: 500 } } });
  expect(() => partsOf(bare)).toThrow("must be a GaussianSkip, which answers above");
  expect(() => tinyConfig({ objective: { name: "simple", times: { margin: 1 } } })).toThrow(
    "objective.times",
  );
});
