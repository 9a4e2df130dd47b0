import type { DataAnalysis, DataMoments, RecommendedStart } from "@symbreak/analysis";
import { spectralOf } from "@symbreak/analysis";
import {
  analysisFinding,
  folded,
  numbers,
  type Report,
  STARTS_HEADER,
  spectrumSection,
  startRows,
} from "@symbreak/figures";

/** What the report of `ssb analyze` is about. */
export interface AnalyzeSubject {
  readonly analysis: DataAnalysis;
  readonly moments: DataMoments;
  readonly starts: readonly RecommendedStart[];
  /** Where the data came from. */
  readonly source: string;
  readonly engine: string;
}

/** The report of `ssb analyze`. */
export function analyzeReport(subject: AnalyzeSubject, document: unknown, command: string): Report {
  const { analysis, moments, starts, source, engine } = subject;
  const { computed } = analysis.spectrum;
  const rest = spectralOf(moments).residual > 0 ? ", the rest of the trace spread evenly" : "";
  return {
    title: `${analysis.dataset}: when the data decide`,
    finding: analysisFinding(analysis),
    sections: [
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
    ],
    protocol: {
      data: analysis.description,
      source,
      scale: analysis.scaleFormula,
      covariance: `1/n about the mean image, ${computed} eigenpairs${rest}`,
      schedule: "linear, 1000 steps, 1e-4 to 0.02; index: first with ᾱ below, 0-based",
      engine,
    },
    command,
  };
}
