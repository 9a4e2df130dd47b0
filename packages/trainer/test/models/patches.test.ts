import { input, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { depthToSpace, spaceToDepth } from "../../src/models/patches.ts";

const X = Float64Array.from({ length: 2 * 2 * 4 * 2 }, (_, i) => i);
const x = input("x", [2, 2, 4, 2]);

test("each square of pixels becomes channels at one place", () => {
  const y = spaceToDepth(x, 2);
  expect(y.shape).toEqual([2, 8, 2, 1]);
  const values = interpret(program({ y }), { x: X }).y!;
  const at = (n: number, c: number, h: number, w: number) => X[((n * 2 + c) * 4 + h) * 2 + w];
  // Sample 1, row 1 of patches: channel (i·2 + j)·2 + k.
  for (const [i, j, k] of [
    [0, 0, 0],
    [1, 0, 1],
    [1, 1, 0],
  ] as const)
    expect(values[(1 * 8 + (i * 2 + j) * 2 + k) * 2 + 1]).toBe(at(1, k, 2 + i, j));
});

test("the way back is its inverse", () => {
  const y = depthToSpace(spaceToDepth(x, 2), 2);
  expect(y.shape).toEqual(x.shape);
  expect(interpret(program({ y }), { x: X }).y).toEqual(X);
  expect(spaceToDepth(x, 1)).toBe(x);
});
