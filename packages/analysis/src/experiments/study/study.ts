import {
  allParts,
  checkKeys,
  type Data,
  kept,
  type Multiply,
  takeSamples,
  turned,
} from "@symbreak/core";
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
import { dataDigest } from "../digest.ts";
import { beginWork, type ExperimentOptions, plainly } from "../experiment.ts";
import type { Extractor } from "../extractor.ts";
import { type Judge, judgeProtocol } from "../judge.ts";
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

/** Those of the first samples, and of some 24 levels with 64 samples each. */
const SOUNDNESS_CALLS = SHOWN.samples * SHOWN.steps + 24 * 64;

/** What the chapters of a study find, in their order. */
type Told = readonly [
  MeasuredSoundness,
  AnalyzeResult,
  InformationPeak,
  { readonly comparison: CompareResult; readonly advice: Recommendation | null },
  StudyResult["cloning"],
  Memorised,
  MeasuredSymmetry | null,
  ExcessEntropy,
];

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

  const { team } = options;
  const store = storeOf(subject, options);
  const heldOutDigest = heldOut === undefined ? null : await dataDigest(heldOut);
  const known = takeSamples(data, pick(data.count, effort.exact ?? 4000, seed));

  const isItSound = async () => {
    const work = beginWork(options, SOUNDNESS_CALLS);
    // What is known at once comes first, then whether the rest is worth anybody's time.
    work.part("what the spectrum says");
    work.found(spectrumFinding(dataAnalysis(data, moments)));
    work.part("is the network sound?");
    const protocol = { kind: "soundness", ...subject, judge: judge && judgeProtocol(judge), seed };
    const sound = await kept(
      store,
      protocol,
      () => soundness(setting, judge, seed, work, options),
      {
        ...{ team, found: () => work.kept(SOUNDNESS_CALLS) },
      },
    );
    work.found(soundnessFinding(sound.result));
    return sound;
  };
  const whatTheDataSay = async () => {
    const work = beginWork(options);
    work.part("what the data say");
    const protocol = { kind: "analysis", data: subject.data, heldOut: heldOutDigest, seed };
    const analysis = await kept(
      store,
      protocol,
      () => analyzeData(data, { moments, heldOut, multiply, seed }, { progress: options.progress }),
      { team: turned(team, 1) },
    );
    for (const warning of analysis.warnings) work.found(warning);
    return analysis;
  };
  const whereInformationIs = async () => {
    const work = beginWork(options);
    work.part("the loss of the network");
    return informationPeak(await networkLoss(network, data, { seed, store, subject, work, team }));
  };
  const table = async () => {
    const comparison = await compare(
      network,
      data,
      {
        ...{ solvers, samples: 500, scan: 100, ...effort.compare },
        ...{ extractor, heldOut, moments, multiply, seed },
      },
      options,
    );
    const work = beginWork(options);
    work.part("the recommendation");
    const advice = recommendation(comparison);
    if (advice !== null) work.found(`Recommended: ${advice.reason}`);
    return { comparison, advice };
  };
  const clones = async () => {
    if (judge === undefined) return { none: "nobody was given who knows classes" };
    const { cloneSteps: steps, pairs } = effort;
    return clone(network, data, { judge, steps, pairs, seed }, options);
  };
  const copiesOf = () =>
    memorise(
      network,
      data,
      { samples: effort.copies ?? 500, heldOut, multiply, seed },
      { ...options, team: turned(team, 2) },
    );
  const brokenSymmetry = async () => {
    if (effort.symmetry === null) return null;
    const { jacobian, exactScore } = effort;
    const about = { ...effort.symmetry, moments, heldOut, seed, jacobian, exactScore };
    return symmetry(network, data, about, { ...options, team: turned(team, 3) });
  };
  const entropyOfScore = async () => {
    const draws = 500;
    const protocol = { kind: "excessEntropy", data: subject.data, count: known.count, draws, seed };
    const about = { draws, seed, ...(multiply && { multiply }) };
    return kept(store, protocol, () => excessEntropy(known, about), { team: turned(team, 4) });
  };
  const [
    sound,
    analysis,
    information,
    { comparison, advice },
    cloning,
    memorised,
    broken,
    entropy,
  ] = await allParts<Told>([
    isItSound,
    whatTheDataSay,
    whereInformationIs,
    table,
    clones,
    copiesOf,
    brokenSymmetry,
    entropyOfScore,
  ]);
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
