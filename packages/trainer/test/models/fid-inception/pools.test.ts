import { input, interpret, program, type Tensor } from "@symbreak/graph";
import { expect, test } from "vitest";
import {
  averagePoolInside,
  maxPoolHalf,
  maxPoolSame,
} from "../../../src/models/fid-inception/pools.ts";
import { resizeBilinear } from "../../../src/models/fid-inception/resize-bilinear.ts";

const [height, width] = [7, 5];
const x = Float32Array.from({ length: 2 * height * width }, (_, i) => Math.abs(Math.sin(3 * i)));

function run(apply: (x: Tensor) => Tensor, side = [height, width]): Float64Array {
  const shape = [1, 2, ...side];
  return interpret(program({ y: apply(input("x", shape)) }), { x }).y!;
}

/** The values within 3 × 3 around a place. */
function around(c: number, row: number, column: number): number[] {
  const values: number[] = [];
  for (let i = row - 1; i <= row + 1; i++)
    for (let j = column - 1; j <= column + 1; j++)
      if (i >= 0 && i < height && j >= 0 && j < width)
        values.push(x[(c * height + i) * width + j]!);
  return values;
}

test("pools around each place count no padding, or take the largest", () => {
  const [means, largest] = [run(averagePoolInside), run(maxPoolSame)];
  for (let at = 0; at < x.length; at++) {
    const row = Math.floor(at / width) % height;
    const values = around(Math.floor(at / width / height), row, at % width);
    expect(means[at]).toBeCloseTo(values.reduce((sum, v) => sum + v, 0) / values.length, 6);
    expect(largest[at]).toBe(Math.max(...values));
  }
});

test("the halving pool takes the largest of every second 3 × 3", () => {
  const found = run(maxPoolHalf);
  expect(found).toHaveLength(2 * 3 * 2);
  for (let at = 0; at < found.length; at++) {
    const [c, row, column] = [Math.floor(at / 6), Math.floor(at / 2) % 3, at % 2];
    expect(found[at]).toBe(Math.max(...around(c, 2 * row + 1, 2 * column + 1)));
  }
});

test("resizing keeps a constant, and a ramp within the image", () => {
  const shape = [1, 1, 4, 6];
  const ramp = Float32Array.from({ length: 24 }, (_, i) => i % 6);
  const sized = interpret(program({ y: resizeBilinear(input("x", shape), 12) }), { x: ramp }).y!;
  for (let row = 0; row < 12; row++)
    for (let column = 0; column < 12; column++) {
      const at = (column + 0.5) / 2 - 0.5;
      expect(sized[row * 12 + column]).toBeCloseTo(Math.min(5, Math.max(0, at)), 5);
    }
});
