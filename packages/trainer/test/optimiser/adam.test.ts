import { input, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { type AdamOptions, adam, averageDecay } from "../../src/index.ts";

const GRADIENTS = [
  [0.3, -0.4, 0],
  [3, 4, 0],
  [-0.1, 0.2, 0],
];

/** The state after each gradient, in double precision. */
function run(
  options: AdamOptions,
  gradients: readonly (readonly number[])[],
): (Record<string, ArrayLike<number>> & { norm: number })[] {
  const optimiser = adam(options);
  const parameters = input("parameters", [3]);
  const { next, gradientNorm } = optimiser.update({
    parameters,
    gradient: input("gradient", [3]),
    decayed: parameters,
    pieces: [{ shape: [3], isLearned: true }],
  });
  const named = Object.entries(next).map(([name, tensor]) => [`next.${name}`, tensor]);
  const graph = program({ ...Object.fromEntries(named), gradientNorm });
  let state: Record<string, ArrayLike<number>> = {
    parameters: [1, -2, 0.5],
    m: [0, 0, 0],
    v: [0, 0, 0],
    ema: [1, -2, 0.5],
  };
  return gradients.map((gradient, step) => {
    const results = interpret(graph, { ...state, gradient, ...optimiser.feeds(step) });
    state = Object.fromEntries(Object.keys(state).map((name) => [name, results[`next.${name}`]!]));
    return { ...state, norm: results.gradientNorm![0]! } as Record<string, ArrayLike<number>> & {
      norm: number;
    };
  });
}

test("a piece with a rate of its own moves by so much more, and the others as they did", () => {
  const moved = (rate?: number) => {
    const parameters = input("parameters", [3]);
    const { next } = adam({ rate: 0.1 }).update({
      parameters,
      gradient: input("gradient", [3]),
      decayed: parameters,
      pieces: [
        { shape: [1], isLearned: true },
        { shape: [2], isLearned: true, rate },
      ],
    });
    const state = { m: [0, 0, 0], v: [0, 0, 0], ema: [0, 0, 0], parameters: [0, 0, 0] };
    const feeds = { ...state, gradient: [0.3, -0.4, 0.1], ...adam({ rate: 0.1 }).feeds(0) };
    return Array.from(interpret(program({ out: next.parameters! }), feeds).out!);
  };
  const [a, b, c] = moved();
  expect([a, b, c].every((value) => Math.abs(Math.abs(value!) - 0.1) < 1e-6)).toBe(true);
  const [d, e, f] = moved(10);
  expect(d).toBe(a);
  expect(e! / b!).toBeCloseTo(10, 9);
  expect(f! / c!).toBeCloseTo(10, 9);
});

test("adam follows the recursion of Kingma and Ba, by hand", () => {
  const [rate, beta1, beta2, epsilon] = [0.1, 0.8, 0.95, 1e-3];
  const steps = run({ rate, betas: [beta1, beta2], epsilon, clip: null, average: 0.9 }, GRADIENTS);
  const theta = [1, -2, 0.5];
  const ema = [...theta];
  const m = [0, 0, 0];
  const v = [0, 0, 0];
  GRADIENTS.forEach((gradient, k) => {
    const keep = Math.min(0.9, (2 + k) / (11 + k));
    gradient.forEach((g, i) => {
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      const corrected = m[i]! / (1 - beta1 ** (k + 1));
      const scale = Math.sqrt(v[i]! / (1 - beta2 ** (k + 1))) + epsilon;
      theta[i] = theta[i]! - (rate * corrected) / scale;
      ema[i] = keep * ema[i]! + (1 - keep) * theta[i]!;
      expect(steps[k]!.parameters![i]).toBeCloseTo(theta[i]!, 6);
      expect(steps[k]!.ema![i]).toBeCloseTo(ema[i]!, 6);
      expect(steps[k]!.m![i]).toBeCloseTo(m[i]!, 6);
      expect(steps[k]!.v![i]).toBeCloseTo(v[i]!, 6);
    });
  });
});

test("adamw is PyTorch's", () => {
  // torch 2.13: AdamW([1, -2, 0.5], lr=0.1, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.2) on GRADIENTS, in float64.
  const wanted = [0.7059936781, -1.9074309556, 0.470596];
  const steps = run({ rate: 0.1, betas: [0.9, 0.99], weightDecay: 0.2, clip: null }, GRADIENTS);
  const found = Array.from(steps.at(-1)!.parameters!);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 6);
  });
});

test("longer gradients are scaled to the limit, and shorter ones left", () => {
  const [short, long] = run({ clip: 1, betas: [0, 0] }, GRADIENTS);
  expect(short!.norm).toBeCloseTo(0.5, 12);
  expect(Array.from(short!.m!)).toEqual([0.3, -0.4, 0]);
  expect(long!.norm).toBeCloseTo(5, 12);
  [0.6, 0.8, 0].forEach((value, i) => {
    expect(long!.m![i]).toBeCloseTo(value, 12);
  });
  const [zero] = run({ clip: 1 }, [[0, 0, 0]]);
  expect(Array.from(zero!.parameters!)).toEqual([1, -2, 0.5]);
});

test.each([Number.NaN, Infinity])("a gradient of %d leaves the state as it was", (bad) => {
  const [before, after] = run({ weightDecay: 0.1 }, [GRADIENTS[0]!, [0.1, bad, 0]]);
  expect(Number.isFinite(after!.norm)).toBe(false);
  for (const name of ["parameters", "m", "v", "ema"])
    expect(Array.from(after![name]!)).toEqual(Array.from(before![name]!));
});

test("the average's decay warms up", () => {
  expect(averageDecay(0.9999, 1)).toBeCloseTo(2 / 11, 12);
  expect(averageDecay(0.9999, 90)).toBeCloseTo(0.91, 12);
  expect(averageDecay(0.9999, 1e6)).toBe(0.9999);
});

test("settings that make no sense are refused by name", () => {
  expect(() => adam({ betas: [0.9, 1] })).toThrow("betas and average must lie in [0, 1)");
  expect(() => adam({ clip: 0 })).toThrow("clip must be positive, or null");
  expect(() => adam({ muon: 0 })).toThrow("muon must be positive, or null");
  expect(() => adam({ weightDecay: -1 })).toThrow("weightDecay must not be negative");
});
