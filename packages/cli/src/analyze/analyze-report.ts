import { folded, numbers, type Report } from "@symbreak/figures";
import { analysisFinding, STARTS_HEADER, startRows } from "./analysis-table.ts";
import type { AnalyzedSet } from "./analyze-set.ts";
import type { RecommendedStart } from "./recommended-start.ts";
import { spectrumSection } from "./spectrum-section.ts";

/** What the report of `ssb analyze` is about. */
export interface AnalyzeSubject {
  readonly analyzed: AnalyzedSet;
  readonly starts: readonly RecommendedStart[];
  /** Where the data came from. */
  readonly source: string;
  readonly engine: string;
}

/** The report of `ssb analyze`. */
export function analyzeReport(subject: AnalyzeSubject, document: unknown, command: string): Report {
  const { analyzed, starts, source, engine } = subject;
  const { analysis, moments } = analyzed;
  const { computed } = analysis.spectrum;
  const rest = moments.covariance.residual > 0 ? ", the rest of the trace spread evenly" : "";
  return {
    title: `${analysis.dataset}: when the data decide`,
    finding: analysisFinding(analysis),
    sections: [
      spectrumSection(analyzed, document),
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
