import type { MeasuredSymmetry } from "@symbreak/analysis";
import { imageShape } from "@symbreak/core";
import { imageGrid } from "../../image-grid.ts";
import { captioned, numbers, pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { timeCurves } from "../../time-curves.ts";
import { cleanPicture, directionPicture } from "./symmetry-pictures.ts";
import { symmetryTable } from "./symmetry-table.ts";
import { lostAmong, speciationMoments } from "./symmetry-words.ts";

/** The centre from noise to data: its load, its numbers, its pictures. */
export function centreSection(measured: MeasuredSymmetry, document: unknown): Section {
  const { result, subjects, data } = measured;
  const { theory } = result;
  const svg = timeCurves(
    {
      title: "The centre's load: top posterior variance over the critical one",
      label: "load of the SDE potential",
      description: `The centre is unstable where the load exceeds 1: ${result.subjects.map(({ name, centres }) => `${name} ${lostAmong(centres.map(({ critical }) => critical.potential))}`).join(", ")}.`,
      log: true,
      series: result.subjects.map(({ name, centres }) => ({
        name,
        points: centres[0]!.points
          .filter(({ converged }) => converged)
          .map(({ ouTime, load }) => ({ time: ouTime, value: load.potential })),
      })),
      moments: [
        ...speciationMoments(theory),
        ...(typeof theory.equalNorm.potential === "string"
          ? []
          : [{ name: "equal norms", time: theory.equalNorm.potential.ouTime }]),
        ...(typeof theory.gaussian.potential === "string"
          ? []
          : [{ name: "a Gaussian", time: theory.gaussian.potential.ouTime }]),
      ],
      threshold: { name: "unstable above", value: 1 },
    },
    { document },
  );
  const { header, rows } = symmetryTable(result);
  const chosen = everyThird(subjects[0]!.centres[0]!.points.length);
  const strips = subjects.map(({ name, centres }) => {
    const points = chosen.map((i) => centres[0]!.points[i]!);
    const clean = points.map(({ fixedPoint: { x }, level: { alpha } }) =>
      cleanPicture(
        measured,
        x.map((value) => (value * (1 + alpha * alpha)) / (2 * alpha)),
      ),
    );
    const modes = points.map(({ stability }) =>
      directionPicture(measured, stability.directions[0]!),
    );
    const bytes = [...clean, ...modes].flatMap((picture) => Array.from(picture));
    return {
      name: `${name}: the centre, and the direction that it is widest in`,
      alt: `${points.length} pictures of the centre from noise to data, with its softest direction beneath`,
      picture: imageGrid({
        images: Uint8Array.from(bytes),
        shape: imageShape("symmetrySections", data),
        columns: points.length,
      }),
    };
  });
  return {
    title: "The centre, and where it loses its stability",
    text: [
      "Coming from noise a sample falls towards one point, ∇u = 0, followed here down the noise in the leading principal directions, with noise in all others: a network knows no state without. By the second-order Tweedie formula the Jacobian of the denoiser there is the covariance of what the image may still become; where its top eigenvalue exceeds the critical variance, the centre is unstable. Three critical times are kept apart: of the generative SDE's potential, of the density, and of the probability-flow drift.",
      "Where data vary by more than 2 in some direction the potential of a mere Gaussian loses its centre too, without anything to decide: a load that follows that of a Gaussian is spreading, one that exceeds it is deciding. A centre that stays stable turned into one of the wells (a fold): see the wells.",
    ],
    content: [
      captioned(
        svg,
        "u is stable at the centre below 1; where no fixed point was found there is no dot. Dotted: theory for the top variance of the data.",
      ),
      numbers("The centre is unstable from", header, rows),
      numbers(
        "Along the centre",
        [
          "OU time",
          "index",
          ...result.subjects.flatMap(({ name }) => [
            `${name}: top variance`,
            "load",
            "residual",
            "asymmetry",
          ]),
        ],
        result.subjects[0]!.centres[0]!.points.map(({ ouTime, nearestIndex }, i) => [
          ouTime.toFixed(3),
          String(nearestIndex),
          ...result.subjects.flatMap(({ centres }) => {
            const { posteriorVariances, load, residual, asymmetry } = centres[0]!.points[i]!;
            return [
              posteriorVariances[0]!.toFixed(3),
              load.potential.toFixed(3),
              residual.toExponential(1),
              asymmetry.toFixed(4),
            ];
          }),
        ]),
      ),
      pictures(
        strips,
        `E[x_{0} | x] at the centre, DDPM index ${chosen.map((i) => subjects[0]!.centres[0]!.points[i]!.time.nearestIndex).join(", ")}; generation to the right.`,
        1.5,
      ),
    ],
  };
}

function everyThird(count: number): number[] {
  return Array.from({ length: Math.ceil(count / 3) }, (_, i) => 3 * i);
}
