import {
  type CriticalTime,
  fixedPoints,
  gaussianMixture,
  type Landscape,
  type MixtureLine,
  mixtureCriticals,
  potentialGradient,
  traceBranches,
} from "@symbreak/core";
import { bifurcation, captioned } from "@symbreak/figures";
import { moment } from "./moment.ts";
import { shown, type TheoryPage } from "./theory-page.ts";

/** What may split, each at its own times. */
const LANDSCAPES: Readonly<Record<Landscape, string>> = {
  potential: "potential of the reverse SDE",
  density: "density p_t",
  drift: "drift of the probability-flow ODE",
};

/** Any mixture of Gaussians on a line, and every time at which it decides. */
export function lineMixture(law: MixtureLine): TheoryPage {
  const critical = Object.fromEntries(
    (Object.keys(LANDSCAPES) as Landscape[]).map((landscape) => [
      landscape,
      mixtureCriticals(law, landscape).map(described),
    ]),
  ) as Readonly<Record<Landscape, ReturnType<typeof described>[]>>;
  const { weights, means, deviations } = law;
  const [first] = critical.potential;
  const times = critical.potential.map(({ ouTime }) => shown(ouTime)).join(", ");
  return {
    title: `A mixture on a line: means ${means.join(", ")}, deviation ${typeof deviations === "number" ? deviations : deviations.join(", ")}`,
    finding: first
      ? `The potential decides ${critical.potential.length === 1 ? "once" : `${critical.potential.length} times`}, at OU time ${times}.`
      : "The generative potential never splits: these classes overlap too much for a decision.",
    result: {
      model: "mixture",
      ...{ weights, means, deviations },
      critical: critical.potential,
      densityCritical: critical.density,
      driftCritical: critical.drift,
      schedule: "linear, 1000 steps, 1e-4 to 0.02; nearest index, 0-based",
    },
    table: (Object.keys(LANDSCAPES) as Landscape[]).flatMap((landscape): [string, string][] =>
      critical[landscape].length === 0
        ? [[LANDSCAPES[landscape], "never splits"]]
        : critical[landscape].map(({ kind, x, ouTime, ddpmIndex }): [string, string] => [
            `${LANDSCAPES[landscape]}: ${kind} at x = ${shown(x)}`,
            `OU time ${shown(ouTime)}, DDPM index ${ddpmIndex}`,
          ]),
    ),
    sections: async (document) => [
      {
        title: "The wells, one after the other",
        text: [
          "Fixed points of the generative potential against the signal amplitude. Where a well splits in two it is a pitchfork, where a well and a barrier appear beside it a fold; each is a decision between groups of classes.",
        ],
        content: [
          captioned(
            bifurcation([diagram(law, first?.theta)], { document }),
            "Solid: wells. Dashed: barriers between them.",
          ),
        ],
      },
    ],
  };
}

function described({ kind, x, theta, ouTime }: CriticalTime) {
  const at = moment(theta ** 2);
  return { kind, x, theta, alphaBar: at.alphaBar, ouTime, ddpmIndex: at.ddpmIndex };
}

function diagram({ weights, means, deviations }: MixtureLine, critical: number | undefined) {
  const all = means.map((_, k) => (typeof deviations === "number" ? deviations : deviations[k]!));
  const law = gaussianMixture({
    weights: [...weights],
    means: means.map((mean) => [mean]),
    covariances: all.map((deviation) => deviation ** 2),
  });
  const edge = 1.5 * Math.max(...means.map(Math.abs)) + 3 * Math.max(...all) + 1;
  const at = (theta: number) => {
    const level = { alpha: theta, sigma: Math.sqrt(1 - theta * theta) };
    const slope = (x: Float64Array) => potentialGradient(x, law.score(x, level), level);
    // Off centre, so that no place of the grid is a fixed point of a symmetric law.
    return fixedPoints(slope, -edge, edge * 1.0001, 800);
  };
  const thetas = Array.from({ length: 198 }, (_, i) => (i + 1) / 200);
  return {
    name: `${means.length} classes`,
    parameter: "theta" as const,
    branches: traceBranches(at, thetas).branches,
    critical,
  };
}
