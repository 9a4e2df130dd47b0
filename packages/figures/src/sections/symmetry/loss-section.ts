import type { SymmetryResult } from "@symbreak/analysis";
import { captioned, numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { timeCurves } from "../../time-curves.ts";
import { said, speciationMoments } from "./symmetry-words.ts";

/** The affine-score test as a curve, with its numbers. */
export function lossSection({ theory, subjects }: SymmetryResult, document: unknown): Section {
  const [first] = subjects;
  const { affineUntil, worseFrom } = first!.lossRatio;
  const known = affineUntil === null ? "at no level" : `below ${said(affineUntil)}`;
  const worse =
    worseFrom === null
      ? "it is nowhere worse than a Gaussian by more than 5 %"
      : `it is worse than a Gaussian by more than 5 % from ${said(worseFrom)} up`;
  const svg = timeCurves(
    {
      title: "What the denoiser knows beyond mean and covariance",
      label: "loss / loss of the best linear denoiser",
      description: `The network is better than a Gaussian by 5 % ${known}; ${worse}.`,
      log: true,
      series: subjects.map(({ name, lossRatio }) => ({
        name,
        points: lossRatio.at.map(({ time, ratio }) => ({ time: time.ouTime, value: ratio })),
      })),
      moments: speciationMoments(theory),
      threshold: { name: "a Gaussian", value: 1 },
      domain: [0.05, 5],
    },
    { document },
  );
  return {
    title: "Where the score is affine",
    text: [
      `The denoising loss over that of the best linear predictor. The network is better by 5 % ${known}; ${worse}. The exact score of a finite set is measured on images it does not hold: it memorises its own.`,
    ],
    content: [
      captioned(svg, "At 1 a Gaussian knows as much, and a Gaussian late start is free."),
      numbers(
        "Loss ratio",
        ["OU time", "index", ...subjects.map(({ name }) => name)],
        first!.lossRatio.at.map(({ time }, i) => [
          time.ouTime.toFixed(3),
          String(time.nearestIndex),
          ...subjects.map(({ lossRatio }) => lossRatio.at[i]!.ratio.toFixed(3)),
        ]),
      ),
    ],
  };
}
