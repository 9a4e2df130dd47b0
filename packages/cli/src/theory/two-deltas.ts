import {
  criticalAlphaBar,
  readClock,
  TWO_DELTAS,
  twoDeltasFixedPoint,
  twoGaussiansCritical,
} from "@symbreak/core";
import { moment } from "./moment.ts";
import { shown, type TheoryPage } from "./theory-page.ts";

const THETAS = [0.65, 0.66, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99];

/** Data at ±1: the model of Raya and Ambrogioni 2023, section 3. */
export function twoDeltas(): TheoryPage {
  const critical = moment(criticalAlphaBar(1));
  const density = moment(twoGaussiansCritical(TWO_DELTAS, "density"));
  const drift = moment(twoGaussiansCritical(TWO_DELTAS, "drift"));
  const fixedPoints = THETAS.map((theta) => ({ theta, x: twoDeltasFixedPoint(theta) }));
  const vpTime = readClock({ alphaBar: critical.alphaBar }).vpTime;
  const rows = fixedPoints.map(({ theta, x }) => [String(theta), x.toFixed(10)] as const);
  return {
    title: "Two deltas at ±1: symmetry breaking in one dimension",
    finding: `The generative potential splits at θ_c = ${shown(critical.theta)}, OU time ${shown(critical.ouTime)}, DDPM index ${critical.ddpmIndex}: until then nothing about the sample is decided.`,
    result: {
      model: "two-deltas",
      thetaCritical: critical.theta,
      alphaBarCritical: critical.alphaBar,
      ouTime: critical.ouTime,
      ddpmIndex: critical.ddpmIndex,
      vpTime,
      densitySplit: density,
      driftSplit: drift,
      fixedPoints,
      schedule: "linear, 1000 steps, 1e-4 to 0.02; nearest index, 0-based",
    },
    table: [
      ["θ_c = √(√2 − 1)", shown(critical.theta)],
      ["ᾱ_c", shown(critical.alphaBar)],
      ["OU time", shown(critical.ouTime)],
      ["VP time (β 0.1 … 20)", shown(vpTime)],
      ["DDPM index (nearest)", shown(critical.ddpmIndex)],
      ["density becomes bimodal at ᾱ", shown(density?.alphaBar)],
      ["ODE drift unstable above ᾱ", shown(drift?.alphaBar)],
      ...fixedPoints.map(({ theta, x }) => [`well x*(θ = ${theta})`, shown(x)] as const),
    ],
    sections: async (document) => {
      const { twoGaussiansPictures } = await import("./two-gaussians-pictures.ts");
      const { scheduleSection } = await import("./schedule-section.ts");
      const { numbers } = await import("@symbreak/figures");
      return [
        ...(await twoGaussiansPictures(TWO_DELTAS, document)),
        {
          title: "Three critical times",
          text: ["Three things split, at three times. They are often mixed up."],
          content: [
            numbers(
              "What splits, and at which level",
              ["", "ᾱ", "θ", "OU time", "DDPM index"],
              (
                [
                  ["potential of the reverse SDE", critical],
                  ["density p_t", density],
                  ["drift of the probability-flow ODE", drift],
                ] as const
              ).map(([name, at]) => [
                name,
                shown(at?.alphaBar),
                shown(at?.theta),
                shown(at?.ouTime, "always"),
                shown(at?.ddpmIndex, "always"),
              ]),
            ),
            numbers("The well on the positive side", ["θ", "x*(θ)"], rows),
          ],
        },
        scheduleSection(document),
      ];
    },
  };
}
