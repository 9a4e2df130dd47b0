import { input, interpret, pack, program, type Shape, sizeOf, type Tensor } from "@symbreak/graph";
import { expect, test } from "vitest";
import { adam, muonDirection, orthogonalise } from "../../src/index.ts";
import { distance } from "../distance.ts";

/** Reflects along a vector: an orthogonal matrix. */
function reflection(size: number, seed: number): number[][] {
  const v = Array.from({ length: size }, (_, i) => Math.sin(seed + 1.7 * i));
  const squared = v.reduce((sum, x) => sum + x * x, 0);
  return v.map((a, i) => v.map((b, j) => Number(i === j) - (2 * a * b) / squared));
}

/** U · diag(s) · Vᵀ, row by row. */
function compose(u: number[][], s: readonly number[], v: number[][]): number[] {
  return u.flatMap((row) =>
    v.map((other) => s.reduce((sum, x, k) => sum + row[k]! * x * other[k]!, 0)),
  );
}

const SINGULAR = [3, 1, 0.5, 0.1, 0.03, 0];

/** What five iterations make of singular values: the polynomial, value by value. */
function flattened(values: readonly number[]): number[] {
  const norm = Math.hypot(...values);
  return values.map((value) => {
    let x = value / norm;
    for (let i = 0; i < 5; i++) x = 3.4445 * x - 4.775 * x ** 3 + 2.0315 * x ** 5;
    return x;
  });
}

function evaluate(tensor: Tensor, feeds: Record<string, ArrayLike<number>>): number[] {
  return Array.from(interpret(program({ out: tensor }), feeds).out!);
}

test.each([
  ["wide", 6, 9],
  ["square", 6, 6],
  ["tall", 9, 6],
])(
  "a %s matrix keeps its singular vectors, and its singular values become nearly one",
  (_, rows, columns) => {
    const [u, v] = [reflection(rows, 1), reflection(columns, 2)];
    const found = evaluate(orthogonalise(input("x", [rows, columns])), {
      x: compose(u, SINGULAR, v),
    });
    const flat = flattened(SINGULAR);
    expect(distance(found, compose(u, flat, v))).toBeLessThan(1e-9);
    for (const value of flat.slice(0, -1)) {
      expect(value).toBeGreaterThan(0.67);
      expect(value).toBeLessThan(1.14);
    }
  },
);

test("a matrix of zeros has no direction", () => {
  const found = evaluate(orthogonalise(input("x", [4, 5])), { x: new Array(20).fill(0) });
  expect(found).toEqual(new Array(20).fill(0));
});

test("matrices follow their momentum, filters as matrices too; vectors, small matrices and tables follow Adam", () => {
  const pieces: { shape: Shape; isLearned: boolean }[] = [
    { shape: [32, 4, 3, 3], isLearned: true },
    { shape: [32], isLearned: true },
    { shape: [31, 64], isLearned: true },
    { shape: [40, 50], isLearned: false },
    { shape: [64, 32], isLearned: true },
    { shape: [], isLearned: true },
  ];
  const inputs = (name: string): Tensor[] =>
    pieces.map(({ shape }, i) => input(`${name}${i}`, shape));
  const values = (name: string, shift: number): [string, number[]][] =>
    pieces.map(({ shape }, i) => [
      `${name}${i}`,
      Array.from({ length: sizeOf(shape) }, (_, k) => Math.sin(shift + i + k * k)),
    ]);
  const feeds = Object.fromEntries([...values("adam", 0), ...values("momentum", 3)]);
  const momenta = inputs("momentum");
  const found = evaluate(muonDirection(pack(inputs("adam")), pack(momenta), pieces, 0.4), feeds);
  let at = 0;
  for (const [i, { shape }] of pieces.entries()) {
    const piece = found.slice(at, at + sizeOf(shape));
    at += piece.length;
    if (i !== 0 && i !== 4) {
      expect(piece).toEqual(feeds[`adam${i}`]);
      continue;
    }
    const matrix = input("x", [shape[0]!, sizeOf(shape) / shape[0]!]);
    const turned = evaluate(orthogonalise(matrix), { x: feeds[`momentum${i}`]! });
    const longer = Math.max(...matrix.shape);
    expect(
      distance(
        piece,
        turned.map((x) => 0.4 * Math.sqrt(longer) * x),
      ),
    ).toBeLessThan(1e-9);
    const rms = Math.sqrt(piece.reduce((sum, x) => sum + x * x, 0) / piece.length);
    expect(rms).toBeGreaterThan(0.4 * 0.67);
    expect(rms).toBeLessThan(0.4 * 1.14);
  }
});

test("a step looks ahead along the momentum (Nesterov), at Adam's rate and without its bias correction", () => {
  const shape = [32, 32];
  const size = 1024;
  const optimiser = adam({ rate: 0.1, betas: [0.75, 0.9], clip: null, muon: 0.2 });
  const parameters = input("parameters", [size]);
  const { next } = optimiser.update({
    parameters,
    gradient: input("gradient", [size]),
    decayed: parameters,
    pieces: [{ shape, isLearned: true }],
  });
  const gradient = Array.from({ length: size }, (_, k) => Math.cos(k * k));
  const m = Array.from({ length: size }, (_, k) => Math.sin(k * k + 1));
  const zeros = new Array<number>(size).fill(0);
  const step = 3;
  const state = { parameters: zeros, m, v: zeros, ema: zeros, gradient };
  const moved = evaluate(next.parameters!, { ...state, ...optimiser.feeds(step) });
  const ahead = gradient.map((g, k) => 0.75 * (0.75 * m[k]! + 0.25 * g) + 0.25 * g);
  const turned = evaluate(orthogonalise(input("x", shape)), { x: ahead });
  expect(
    distance(
      moved,
      turned.map((x) => -0.1 * 0.2 * Math.sqrt(32) * x),
    ),
  ).toBeLessThan(1e-6);
});
