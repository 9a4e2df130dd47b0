import { checkKeys, type Data, type Multiply, takeSamples } from "@symbreak/core";
import { type Denoiser, ddim, type Network, type Solver } from "@symbreak/samplers";
import { type ExcessEntropy, excessEntropy } from "../../collapse/excess-entropy.ts";
import { type InformationPeak, informationPeak } from "../../information/information.ts";
import type { DataMoments } from "../../moments/moments.ts";
import type { JacobianOptions } from "../../symmetry/linearised.ts";
import { type AnalyzeResult, analyzeData } from "../analyze-data.ts";
import { checkSubject } from "../check-subject.ts";
import { type CloneResult, clone } from "../clone.ts";
import { compare } from "../compare/compare.ts";
import type { CompareResult } from "../compare/compare-result.ts";
import type { CompareEffort } from "../compare/effort.ts";
import { settingOf } from "../compare/setting.ts";
import { dataAnalysis, spectrumFinding } from "../data-analysis.ts";
import { dataMoments } from "../data-moments.ts";
import { beginWork, type ExperimentOptions, plainly } from "../experiment.ts";
import type { Extractor } from "../extractor.ts";
import type { Judge } from "../judge.ts";
import { type Memorised, type MemoriseResult, memorise } from "../memorise.ts";
import { networkLoss } from "../network-information.ts";
import { pick } from "../pick.ts";
import { type SubjectProtocol, storeOf, subjectProtocol } from "../protocol.ts";
import { type MeasuredSymmetry, symmetry } from "../symmetry/symmetry.ts";
import type { SymmetryEffortNumbers, SymmetryResult } from "../symmetry/symmetry-result.ts";
import { type Recommendation, recommendation } from "./recommendation.ts";
import {
  type MeasuredSoundness,
  SHOWN,
  type Soundness,
  soundness,
  soundnessFinding,
} from "./soundness.ts";
import { type StudyTime, studyTimes } from "./study-times.ts";

/** How much a study looks at, and with what. */
export interface StudyEffort {
  readonly extractor: Extractor;
  /** Says where clones end; without one nothing is cloned. */
  readonly judge?: Judge | undefined;
  readonly heldOut?: Data | undefined;
  /** The comparison's numbers. Default DDIM in 3, 5 and 10 steps, 500 samples a cell, 100 in its scan. */
  readonly compare?:
    | Omit<CompareEffort, "extractor" | "heldOut" | "moments" | "multiply" | "seed">
    | undefined;
  /** Pairs of clones at each time (default 200), and the steps of their runs (default 50). */
  readonly pairs?: number | undefined;
  readonly cloneSteps?: number | undefined;
  /** Samples that are held against the training data. Default 500. */
  readonly copies?: number | undefined;
  /** Samples of the exact score whose excess entropy is measured. Default 4000. */
  readonly exact?: number | undefined;
  /** Of the symmetry breaking; null to leave it out. */
  readonly symmetry?: Partial<SymmetryEffortNumbers> | null | undefined;
  readonly jacobian?: JacobianOptions | undefined;
  readonly exactScore?: ((samples: Float32Array, shape: readonly number[]) => Denoiser) | undefined;
  readonly moments?: DataMoments | undefined;
  readonly multiply?: Multiply | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** A network's whole story. Plain JSON. */
export interface StudyResult {
  readonly kind: "study";
  readonly protocol: SubjectProtocol & { readonly seed: number };
  /** What a reader must know first. */
  readonly warnings: readonly string[];
  readonly soundness: Soundness;
  readonly analysis: AnalyzeResult;
  /** All times on one axis, from noise to data. */
  readonly times: readonly StudyTime[];
  readonly recommendation: Recommendation | null;
  readonly memorisation: Omit<MemoriseResult, "nearest" | "distances" | "ratios">;
  readonly comparison: CompareResult;
  readonly cloning: CloneResult | { readonly none: string };
  readonly symmetry: SymmetryResult | null;
  readonly excessEntropy: ExcessEntropy;
  readonly information: InformationPeak;
}

/** The result, and what pictures of it need. */
export interface MeasuredStudy {
  readonly result: StudyResult;
  readonly moments: DataMoments;
  readonly soundness: MeasuredSoundness;
  readonly symmetry: MeasuredSymmetry | null;
  readonly memorised: Memorised;
}

const KEYS: readonly (keyof StudyEffort)[] = [
  "extractor",
  "judge",
  "heldOut",
  "compare",
  "pairs",
  "cloneSteps",
  "copies",
  "exact",
  "symmetry",
  "jacobian",
  "exactScore",
  "moments",
  "multiply",
  "seed",
];

const SOLVERS: readonly Solver[] = [ddim()];

/**
 * A network's whole story, told as it becomes known: whether it is sound, all its times on one axis, one recommendation, copies,
 * and the theory beside it.
 *
 * @throws RangeError for data that do not fit the network, and unknown keys
 */
export async function study(
  network: Network,
  data: Data,
  effort: StudyEffort,
  options: ExperimentOptions = {},
): Promise<MeasuredStudy> {
  checkKeys("study", effort, KEYS);
  checkSubject("study", network, data);
  const { extractor, judge, heldOut, multiply, seed = 0 } = effort;
  const moments = effort.moments ?? (await dataMoments(data));
  const subject = await subjectProtocol(network, data);
  const solvers = effort.compare?.solvers ?? SOLVERS;
  const setting = settingOf(network, data, moments, solvers);

  // What is known at once comes first, then whether the rest is worth anybody's time.
  const first = beginWork(options, SHOWN.samples * SHOWN.steps + 24 * 64);
  first.part("what the spectrum says");
  first.found(spectrumFinding(dataAnalysis(data, moments)));
  first.part("is the network sound?");
  const sound = await soundness(setting, judge, seed, first, options);
  first.found(soundnessFinding(sound.result));

  const analysis = await analyzeData(data, { moments, heldOut, multiply, seed }, options);
  first.part("what the data say");
  for (const warning of analysis.warnings) first.found(warning);
  const store = storeOf(subject, options.store);
  const work = beginWork(options);
  work.part("the loss of the network");
  const curve = await networkLoss(network, data, { seed, store, subject, work });
  const information = informationPeak(curve);

  const comparison = await compare(
    network,
    data,
    {
      ...{ solvers, samples: 500, scan: 100, ...effort.compare },
      ...{ extractor, heldOut, moments, multiply, seed },
    },
    options,
  );
  const advice = recommendation(comparison);
  work.part("the recommendation");
  if (advice !== null) work.found(`Recommended: ${advice.reason}`);

  const cloning =
    judge === undefined
      ? { none: "nobody was given who knows classes" }
      : await clone(
          network,
          data,
          { judge, steps: effort.cloneSteps, pairs: effort.pairs, seed },
          options,
        );
  const memorised = await memorise(
    network,
    data,
    { samples: effort.copies ?? 500, heldOut, multiply, seed },
    options,
  );
  const broken =
    effort.symmetry === null
      ? null
      : await symmetry(
          network,
          data,
          {
            ...{ ...effort.symmetry, moments, heldOut, seed },
            ...{ jacobian: effort.jacobian, exactScore: effort.exactScore },
          },
          options,
        );
  const known = takeSamples(data, pick(data.count, effort.exact ?? 4000, seed));
  const entropy = await excessEntropy(known, {
    ...{ draws: 500, seed },
    ...(multiply && { multiply }),
  });
  const { nearest: _, distances: __, ratios: ___, ...copies } = memorised.result;
  const unsound = sound.result.warning === null ? [] : [sound.result.warning];
  const result: StudyResult = {
    kind: "study",
    protocol: { ...subject, seed },
    warnings: [...new Set([...unsound, ...analysis.warnings, ...comparison.warnings])],
    soundness: sound.result,
    analysis,
    times: studyTimes({
      ...{ analysis, classes: analysis.classes, peak: information },
      clone: "none" in cloning ? null : cloning,
      symmetry: broken?.result ?? null,
      excessEntropy: entropy,
    }),
    recommendation: advice,
    memorisation: copies,
    ...{ comparison, cloning, information },
    symmetry: broken?.result ?? null,
    excessEntropy: entropy,
  };
  return { result: plainly(result), moments, soundness: sound, symmetry: broken, memorised };
}
