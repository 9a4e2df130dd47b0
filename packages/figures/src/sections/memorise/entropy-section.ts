import type { ExcessEntropy } from "@symbreak/analysis";
import { excessEntropy } from "../../excess-entropy.ts";
import { captioned, numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";

/** The excess entropy against time, and where it says that an exact score collapses. */
export function entropySection(entropy: ExcessEntropy, document: unknown): Section {
  const { curve, collapse, threshold, noiseFloor, count, size, draws } = entropy;
  const figure = (width: number) =>
    excessEntropy(
      {
        points: curve.map(({ ouTime, fraction, low, high }) => ({
          time: ouTime,
          value: fraction,
          low,
          high,
        })),
        threshold,
        collapse: collapse?.ouTime,
        n: count,
        d: size,
      },
      { document, width },
    );
  const crossing = collapse
    ? `It falls below ${threshold} at OU time ${collapse.ouTime.toFixed(3)} [${collapse.low.toFixed(3)}, ${collapse.high.toFixed(3)}].`
    : `It does not fall below ${threshold} here.`;
  return {
    title: "When an exact score would memorise",
    text: [
      `The excess entropy f(t) measures how many of the ${count} images a noisy state still confuses: f/α is 1 when it could have come from any of them, 0 when it tells exactly one. ${crossing} From there on a perfect score of these images leads each sample to one of them.`,
    ],
    content: [
      captioned(
        figure,
        `f/α with its 95 % bootstrap interval from ${draws} draws; gray: below the threshold of ${threshold} (the estimate itself resolves ${noiseFloor.toFixed(3)}).`,
      ),
      numbers(
        "Excess entropy",
        ["OU time", "f/α", "95 % low", "95 % high"],
        curve.map(({ ouTime, fraction, low, high }) =>
          [ouTime, fraction, low, high].map((value) => value.toFixed(4)),
        ),
      ),
    ],
  };
}
