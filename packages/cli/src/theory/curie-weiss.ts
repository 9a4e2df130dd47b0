import {
  cloningProbability,
  curieWeissFixedPoints,
  curieWeissPotential,
  curieWeissTimes,
  traceBranches,
} from "@symbreak/core";
import { moment } from "./moment.ts";
import { shown, type TheoryPage } from "./theory-page.ts";

/** Two classes in many dimensions: the order parameter's potential (Biroli et al. 2024). */
export function curieWeiss(model: { size: number; meanSquare: number }): TheoryPage {
  const { size, meanSquare } = model;
  const { critical, speciation } = curieWeissTimes(model);
  const at = moment(Math.exp(-2 * critical));
  const signal = size * meanSquare * Math.exp(-2 * speciation);
  const phi = cloningProbability(signal);
  const fixedPoints = [0.25, 0.5, 0.75, 1].map((after) => ({
    ouTime: critical - after,
    q: curieWeissFixedPoints(model, critical - after).at(-1)!.x,
  }));
  return {
    title: `Curie–Weiss: two classes in ${size} dimensions, mean square ${meanSquare}`,
    finding: `The potential of the order parameter splits at OU time ${shown(critical)} (DDPM index ${at.ddpmIndex}), half ln 2 before the conventional speciation time t_S = ${shown(speciation)}, where clones agree with probability ${phi.toFixed(4)}.`,
    result: {
      model: "curie-weiss",
      dimension: size,
      meanSquare,
      thetaCritical: at.theta,
      alphaBarCritical: at.alphaBar,
      ouTime: critical,
      ddpmIndex: at.ddpmIndex,
      speciation: { ...moment(Math.exp(-2 * speciation)), cloningProbability: phi },
      fixedPoints,
      schedule: "linear, 1000 steps, 1e-4 to 0.02; nearest index, 0-based",
    },
    table: [
      ["potential splits, ½ ln(2 d μ²)", shown(critical)],
      ["DDPM index (nearest)", shown(at.ddpmIndex)],
      ["speciation t_S = ½ ln(d μ²)", shown(speciation)],
      ["cloning probability φ at t_S", shown(phi)],
      ...fixedPoints.map(({ ouTime, q }) => [`well q* at t = ${shown(ouTime)}`, shown(q)] as const),
    ],
    sections: async (document) => {
      const { bifurcation, potentialWells } = await import("@symbreak/figures");
      const { captioned } = await import("@symbreak/figures");
      const moments = [0.4, 0, -0.35, -0.7].map((offset) => critical + offset);
      const edge = 1.5 * fixedPoints.at(-1)!.q;
      const x = Float64Array.from({ length: 161 }, (_, i) => edge * (i / 80 - 1));
      const cuts = moments.map((ouTime) => ({
        label: `t = ${ouTime.toFixed(2)}`,
        x,
        u: x.map((q) => curieWeissPotential(model, q, ouTime)),
      }));
      const times = Array.from({ length: 200 }, (_, i) => critical + 1 - i / 80);
      const { branches } = traceBranches((time) => curieWeissFixedPoints(model, time), times);
      return [
        {
          title: "A magnet in the data",
          text: [
            "In many dimensions the projection q of a sample on the class direction feels the potential of a Curie–Weiss magnet: q²/2 − 2 μ² ln cosh(q e⁻ᵗ √d). It splits when the signal of the class outweighs the noise.",
          ],
          content: [
            captioned(
              potentialWells(
                {
                  title: "The order parameter's potential",
                  axes: { x: "order parameter q", u: "V(q)" },
                  cuts,
                },
                { document },
              ),
              "Before, at and after the split.",
            ),
            captioned(
              bifurcation([{ name: `d = ${size}`, parameter: "time", branches, critical }], {
                document,
              }),
              "Wells and barrier of the order parameter against time.",
            ),
          ],
        },
      ];
    },
  };
}
