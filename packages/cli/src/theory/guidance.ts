import { guidanceTheory } from "@symbreak/core";
import { numbers } from "@symbreak/figures";
import type { TheoryPage } from "./theory-page.ts";

/**
 * What classifier-free guidance does to one of two classes N(±M, deviation²), by weight and by the distance of the classes.
 * Data, noise and guided paths scale together, so that it is that of classes N(±M/deviation, 1) in other units.
 */
export function guidance({
  weights,
  means = [1, 2, 4, 8, 16],
  deviation = 1,
}: {
  readonly weights?: readonly number[];
  readonly means?: readonly number[];
  readonly deviation?: number;
}): TheoryPage {
  const scaled = means.map((mean) => mean / deviation);
  const found = guidanceTheory({ ...(weights && { weights }), means: scaled });
  const rows = found.rows.map(({ dynamics, w, M, bias, variance }) => ({
    ...{ dynamics, w, M: means[scaled.indexOf(M)]! },
    ...{ bias: deviation * bias, variance: deviation ** 2 * variance },
  }));
  const worst = rows
    .filter(({ dynamics }) => dynamics === "ode")
    .reduce((a, b) => (Math.abs(b.bias) > Math.abs(a.bias) ? b : a));
  const table = rows.map(
    ({ dynamics, w, M, bias, variance }) =>
      [
        `${dynamics.toUpperCase()}, w = ${w}, M = ${M}`,
        `bias ${bias.toFixed(3)}, variance ${variance.toFixed(3)}`,
      ] as const,
  );
  const title = `Guidance of two classes N(±M, ${deviation ** 2})`;
  return {
    title,
    finding: `By the probability-flow ODE the class is overshot by up to ${(worst.bias / deviation).toFixed(3)} of its deviations (w = ${worst.w}, M = ${worst.M}), however far apart the classes are; by the SDE the distortion fades with their distance.`,
    result: {
      model: "guidance",
      deviation,
      rows,
      method:
        "SDE by its Fokker–Planck equation, ODE by quantiles; both within 0.001 of a deviation",
    },
    table,
    sections: async () => [
      {
        title: "Bias and variance of guided samples",
        text: [
          "Samples guided to +M by s_u + w (s_c − s_u). The bias is how far their mean lies beyond the class's; unguided it is 0, and the variance the class's own.",
        ],
        content: [
          numbers(
            "Guided classes",
            ["dynamics", "w", "M", "bias", "variance"],
            rows.map(({ dynamics, w, M, bias, variance }) => [
              dynamics.toUpperCase(),
              String(w),
              String(M),
              bias.toFixed(3),
              variance.toFixed(3),
            ]),
          ),
        ],
      },
    ],
  };
}
