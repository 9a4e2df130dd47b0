import { checkKeys, type Data, invalid, type Multiply } from "@symbreak/core";
import { ddim, dpmMultistep, pndm, type Solver, uniPc } from "@symbreak/samplers";
import type { DataMoments } from "../../moments/moments.ts";
import type { Extractor } from "../extractor.ts";

/** What is compared, by what, and with how many samples. */
export interface CompareEffort {
  /** What makes the features. */
  readonly extractor: Extractor;
  /** Default {@link COMPARED_SOLVERS}. */
  readonly solvers?: readonly Solver[] | undefined;
  /** Numbers of steps that starts and grids are scanned for. Default 3, 5, 10. */
  readonly steps?: readonly number[] | undefined;
  /** Further numbers of steps, with the usual start and the chosen one only. */
  readonly alsoSteps?: readonly number[] | undefined;
  /** Samples in each cell of the table. Default 1000. */
  readonly samples?: number | undefined;
  /** Samples at each start and on each grid of the scan. Default 200. */
  readonly scan?: number | undefined;
  /** Samples at each start that `auto` tries; 0 (default) to go by what is predicted. */
  readonly trial?: number | undefined;
  /** Samples of the paper's own columns, measured once more; 0 (default) for none. */
  readonly paper?: number | undefined;
  /** Samples of the whole chain; 0 (default) for none. */
  readonly full?: number | undefined;
  /** Real samples that distances are measured from. Default 10,000. */
  readonly real?: number | undefined;
  /** Real samples that the network was not trained on: the floor, and a row of the table. */
  readonly heldOut?: Data | undefined;
  /** Of the data, in the network's units, where they are known already. */
  readonly moments?: DataMoments | undefined;
  /** For the large products. */
  readonly multiply?: Multiply | undefined;
  /** Seed of all samples. Default 0. */
  readonly seed?: number | undefined;
}

/** The paper's three columns (its DDPM of few steps is DDIM with eta 1), and the two solvers that practitioners take. */
export const COMPARED_SOLVERS: readonly Solver[] = [
  ddim({ eta: 1 }),
  ddim(),
  pndm(),
  dpmMultistep({ order: 2 }),
  uniPc(),
];

/** An effort with its defaults. */
export interface CheckedEffort extends Pick<CompareEffort, "heldOut" | "moments" | "multiply"> {
  readonly extractor: Extractor;
  readonly solvers: readonly Solver[];
  readonly steps: readonly number[];
  readonly alsoSteps: readonly number[];
  readonly samples: number;
  readonly scan: number;
  readonly trial: number;
  readonly paper: number;
  readonly full: number;
  readonly real: number;
  readonly seed: number;
}

/** The effort with its defaults, each number checked. */
export function checkedEffort(effort: CompareEffort): CheckedEffort {
  const { extractor, heldOut, moments, multiply } = effort;
  const { solvers = COMPARED_SOLVERS, steps = [3, 5, 10], alsoSteps = [] } = effort;
  const { samples = 1000, scan = 200, trial = 0, paper = 0, full = 0 } = effort;
  const { real = 10_000, seed = 0 } = effort;
  const counts = { samples, scan, trial, paper, full, real, seed };
  const given = { extractor, heldOut, moments, multiply, solvers, steps, alsoSteps, ...counts };
  checkKeys("compare", effort, Object.keys(given));
  if (typeof extractor?.judge !== "function")
    throw invalid("compare", "extractor must be one, such as imageExtractor(…)", extractor);
  if (solvers.length === 0) throw invalid("compare", "solvers must be at least one", solvers);
  for (const n of [...steps, ...alsoSteps])
    if (!Number.isInteger(n) || n < 2)
      throw invalid("compare", "steps must be integers of at least 2", n);
  for (const [key, value] of Object.entries(counts)) {
    const least = ["samples", "scan", "real"].includes(key) ? 10 : 0;
    if (!Number.isInteger(value) || value < least)
      throw invalid("compare", `${key} must be an integer of at least ${least}`, value);
  }
  return given;
}
