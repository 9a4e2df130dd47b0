import type { DataAnalysis, DataMoments, RecommendedStart } from "@symbreak/analysis";
import {
  folded,
  numbers,
  type Section,
  STARTS_HEADER,
  spectrumSection,
  startRows,
} from "@symbreak/figures";

/** What was found of a data set. */
interface Analyzed {
  readonly analysis: DataAnalysis;
  readonly moments: DataMoments;
  readonly starts: readonly RecommendedStart[];
}

/** The spectrum as times, and where to start. */
export function analyzeSections(
  { analysis, moments, starts }: Analyzed,
  document: unknown,
): Section[] {
  return [
    spectrumSection({ analysis, moments }, document),
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
