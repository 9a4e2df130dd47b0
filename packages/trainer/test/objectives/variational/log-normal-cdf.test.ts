import { constant, gradients, interpret, program, sum } from "@symbreak/graph";
import { expect, test } from "vitest";
import { logNormalCdf } from "../../../src/objectives/variational/log-normal-cdf.ts";

// scipy: scipy.stats.norm.logcdf.
const KNOWN: readonly (readonly [number, number])[] = [
  [-200.0, -20006.21728089819],
  [-20.0, -203.9171553710973],
  [-5.0, -15.064998393988727],
  [-3.2, -7.282975502903633],
  [-3.0, -6.60772622151035],
  [-2.5, -5.081648277278691],
  [-1.0, -1.8410216450092634],
  [0.0, -Math.LN2],
  [1.0, -0.1727537790234499],
  [2.5, -0.00622902548586],
  [4.0, -3.1671743377489206e-5],
];

test("ln Φ agrees with scipy from deep in the tail to one", () => {
  const values = logNormalCdf(constant(KNOWN.map(([z]) => z)));
  const found = interpret(program({ values }), {}).values!;
  KNOWN.forEach(([, wanted], i) => {
    expect(Math.abs(found[i]! / wanted - 1)).toBeLessThan(1e-6);
  });
});

test("its gradient is finite far out, and φ/Φ", () => {
  const z = constant([-200, -3.0001, -2.9999, 0, 30]);
  const slopes = gradients(sum(logNormalCdf(z)), [z])[0]!;
  const found = interpret(program({ slopes }), {}).slopes!;
  [200.005, 3.2832, 3.2829, Math.sqrt(2 / Math.PI), 0].forEach((wanted, i) => {
    expect(found[i]).toBeCloseTo(wanted, 3);
  });
});
