import { philoxNoise } from "@symbreak/core";
import { dot } from "@symbreak/core/linalg";
import { describe, expect, test } from "vitest";
import { gmres } from "../../src/symmetry/gmres.ts";

const size = 12;
const matrix = new Float64Array(size * size);
philoxNoise(3)(matrix, size * size, 0);
for (let i = 0; i < size; i++) matrix[i * size + i]! += 6;
const apply = async (v: Float64Array) =>
  v.map((_, i) => dot(matrix.subarray(i * size, (i + 1) * size), v));

describe("gmres", () => {
  test("solves a general system in as many products as it has unknowns", async () => {
    const solution = Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1));
    const y = await gmres(apply, await apply(solution), { tolerance: 1e-13, most: size });
    for (let i = 0; i < size; i++) expect(y[i]).toBeCloseTo(solution[i]!, 10);
  });

  test("stops at its tolerance, with the residual it says", async () => {
    const b = new Float64Array(size).fill(1);
    let products = 0;
    const counted = (v: Float64Array) => {
      products++;
      return apply(v);
    };
    const y = await gmres(counted, b, { tolerance: 0.3 });
    const left = (await apply(y)).map((value, i) => b[i]! - value);
    expect(products).toBeLessThan(size);
    expect(Math.sqrt(dot(left, left) / dot(b, b))).toBeLessThanOrEqual(0.3 * (1 + 1e-12));
  });

  test("a right side of zero has the solution zero, the identity takes one product", async () => {
    expect(await gmres(apply, new Float64Array(size))).toEqual(new Float64Array(size));
    const b = Float64Array.of(1, -2, 3);
    const y = await gmres(async (v) => v.slice(), b);
    for (let i = 0; i < 3; i++) expect(y[i]).toBeCloseTo(b[i]!, 14);
  });
});
