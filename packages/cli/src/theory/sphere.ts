import {
  fixedPoints,
  hypersphere,
  hypersphereCriticalAlphaBar,
  type Level,
  potentialGradient,
  speciationOuTime,
  traceBranches,
} from "@symbreak/core";
import { moment } from "./moment.ts";
import { shown, type TheoryPage } from "./theory-page.ts";

/** Data spread evenly over a sphere: the hyperspherical model of Raya and Ambrogioni 2023. */
export function sphere({ dimension, radius }: { dimension: number; radius: number }): TheoryPage {
  const critical = moment(hypersphereCriticalAlphaBar(dimension, radius));
  const lambda = radius ** 2 / dimension;
  const speciation = speciationOuTime(lambda);
  return {
    title: `A sphere of radius ${radius} in ${dimension} dimensions`,
    finding: `The centre loses its stability in every direction at once, at θ_c = ${shown(critical.theta)}, OU time ${shown(critical.ouTime)}, DDPM index ${critical.ddpmIndex}.`,
    result: {
      model: "sphere",
      dimension,
      radius,
      lambda,
      thetaCritical: critical.theta,
      alphaBarCritical: critical.alphaBar,
      ouTime: critical.ouTime,
      ddpmIndex: critical.ddpmIndex,
      speciation: { ouTime: speciation },
      schedule: "linear, 1000 steps, 1e-4 to 0.02; nearest index, 0-based",
    },
    table: [
      ["λ = radius²/dimension", shown(lambda)],
      ["ᾱ_c = √(1+λ²) − λ", shown(critical.alphaBar)],
      ["θ_c", shown(critical.theta)],
      ["OU time", shown(critical.ouTime)],
      ["DDPM index (nearest)", shown(critical.ddpmIndex)],
      ["speciation t_S = ½ ln λ", shown(speciation)],
    ],
    sections: async (document) => {
      const { bifurcation } = await import("@symbreak/figures");
      const { captioned } = await import("@symbreak/figures");
      return [
        {
          title: "The radius appears",
          text: [
            "Along any ray from the centre the potential is one-dimensional. At the critical amplitude its minimum leaves the centre, and the whole sphere of directions becomes available: the broken symmetry is continuous.",
          ],
          content: [
            captioned(
              bifurcation([radial(dimension, radius, critical.theta)], { document }),
              "Fixed points of the potential along a ray, against the signal amplitude.",
            ),
          ],
        },
      ];
    },
  };
}

function radial(dimension: number, radius: number, critical: number) {
  const law = hypersphere(dimension, radius);
  const along = (level: Level) => (r: Float64Array) => {
    const x = new Float64Array(r.length * dimension);
    for (let n = 0; n < r.length; n++) x[n * dimension] = r[n]!;
    const gradient = potentialGradient(x, law.score(x, level), { ...level });
    return Float64Array.from(r, (_, n) => gradient[n * dimension]!);
  };
  const at = (theta: number) => {
    const edge = 1.5 * radius + 1;
    return fixedPoints(
      along({ alpha: theta, sigma: Math.sqrt(1 - theta * theta) }),
      -edge,
      edge * 1.0001,
      400,
    );
  };
  const thetas = Array.from({ length: 198 }, (_, i) => (i + 1) / 200);
  return {
    name: `dimension ${dimension}, radius ${radius}`,
    parameter: "theta" as const,
    branches: traceBranches(at, thetas).branches,
    critical,
  };
}
