import { expect, test } from "vitest";
import { dot, normalise, orthogonalise } from "../../src/linalg/orthogonalise.ts";
import { normals, orthonormalRows } from "./support.ts";

test("what is left is orthogonal to rounding, even where almost nothing is left", () => {
  const [k, n] = [6, 20];
  const rows = orthonormalRows(k, n, 1);
  const basis = Array.from({ length: k }, (_, i) => rows.subarray(i * n, (i + 1) * n));
  const vector = normals(n, 2).map((value) => 1e-9 * value);
  for (const direction of basis)
    vector.forEach((_, i) => {
      vector[i]! += direction[i]!;
    });
  const rest = normalise(orthogonalise(vector, basis));
  expect(dot(rest, rest)).toBeCloseTo(1, 14);
  for (const direction of basis) expect(Math.abs(dot(rest, direction))).toBeLessThan(1e-14);
});
