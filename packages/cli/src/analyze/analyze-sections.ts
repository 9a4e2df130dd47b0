import type { AnalyzeResult, DataMoments } from "@symbreak/analysis";
import {
  classesSection,
  folded,
  numbers,
  type Section,
  STARTS_HEADER,
  spectrumSection,
  startRows,
} from "@symbreak/figures";

/** What was found of a data set. */
interface Analyzed {
  readonly analysis: AnalyzeResult;
  readonly moments: DataMoments;
}

/** The spectrum as times, when the classes part, and where to start. */
export function analyzeSections({ analysis, moments }: Analyzed, document: unknown): Section[] {
  const { classes, recommendedStarts: starts } = analysis;
  return [
    spectrumSection({ analysis, moments }, document),
    ...(classes === null ? [] : [classesSection(classes, analysis.speciation.ouTime, document)]),
    {
      title: "Where to start sampling",
      text: [
        "Starting late from a Gaussian saves steps for what matters, until the Gaussian misses what the data are. The choice balances the discretisation error, from the spectrum, against the non-Gaussianity seen by the exact score of the data; a trained network may differ.",
      ],
      content: [
        numbers("Recommended starts", STARTS_HEADER, startRows(starts)),
        folded(
          "Why these",
          starts.map(({ sampler, steps, reason }) => `${sampler}, ${steps} steps: ${reason}`),
        ),
      ],
    },
  ];
}
