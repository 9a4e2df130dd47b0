import { guidanceTheory } from "@symbreak/core";
import { numbers } from "@symbreak/figures";
import type { TheoryPage } from "./theory-page.ts";

/** What classifier-free guidance does to one of two classes N(±M, 1), by weight and by the distance of the classes. */
export function guidance(settings: {
  readonly weights?: readonly number[];
  readonly means?: readonly number[];
}): TheoryPage {
  const { rows } = guidanceTheory(settings);
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
  const title = "Guidance of two classes N(±M, 1)";
  return {
    title,
    finding: `By the probability-flow ODE the class is overshot by up to ${worst.bias.toFixed(3)} deviations (w = ${worst.w}, M = ${worst.M}), however far apart the classes are; by the SDE the distortion fades with their distance.`,
    result: {
      model: "guidance",
      rows,
      method: "SDE by its Fokker–Planck equation, ODE by quantiles; both within 0.001",
    },
    table,
    sections: async () => [
      {
        title: "Bias and variance of guided samples",
        text: [
          "Samples guided to +M by s_u + w (s_c − s_u). The bias is how far their mean lies beyond the class's, in its deviations; an unguided class has variance 1.",
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
