import {
  type CompareResult,
  compare,
  type DataAnalysis,
  dataAnalysis,
  type ExcessEntropy,
  excessEntropy,
  type MeasuredSymmetry,
  type Memorisation,
  memorise,
  pick,
  type SymmetryEffortNumbers,
  type SymmetryResult,
  symmetry,
} from "@symbreak/analysis";
import { bytesOf, type Store, takeSamples } from "@symbreak/core";
import { type ClonedNetwork, cloneNetwork } from "../clone/clone-network.ts";
import { type Comparison, effortOf } from "../compare/run-compare.ts";
import type { Setting } from "../compare/setting.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { networkJacobian } from "../symmetry/network-jacobian.ts";
import type { Progress } from "../terminal/progress.ts";

/** How much a study looks at. */
export interface StudyEffort extends Comparison {
  /** Images of the excess entropy: the exact score that would memorise. */
  readonly images: number;
  /** Pairs of clones at each time, and the steps of their runs. */
  readonly pairs: number;
  readonly cloneSteps: number;
  /** Less than usual, or more, of the symmetry breaking. */
  readonly symmetry: Partial<SymmetryEffortNumbers>;
}

/** What `ssb study --json` prints, but for the protocol. */
export interface StudyResult {
  readonly analysis: DataAnalysis;
  readonly symmetry: SymmetryResult;
  /** Null where the data have no classes; the reason is told. */
  readonly cloning: ClonedNetwork["result"] | { readonly none: string };
  readonly excessEntropy: ExcessEntropy;
  readonly memorisation: Omit<Memorisation, "nearest" | "distances" | "ratios">;
  readonly comparison: CompareResult;
}

/** The result, and what the report's pictures need beside it. */
export interface MeasuredStudy {
  readonly result: StudyResult;
  readonly symmetry: MeasuredSymmetry;
  readonly clones: ClonedNetwork | undefined;
  readonly memorisation: Memorisation;
  /** As bytes: what was held against the training images. */
  readonly samples: Uint8Array;
  readonly how: string;
}

const PHASES = {
  spectrum: "the spectrum and the excess entropy",
  symmetry: "the learned symmetry breaking",
  clones: "cloning trajectories",
  table: "noise against late start",
  memory: "what was memorised",
} as const;

/** Phases and their relative cost, for the progress line. */
export const STUDY_PLAN: Readonly<Record<string, number>> = {
  [PHASES.spectrum]: 8,
  [PHASES.symmetry]: 65,
  [PHASES.clones]: 65,
  [PHASES.table]: 75,
  [PHASES.memory]: 7,
};

/** Everything that `ssb study` computes, one question after the other. */
export async function measureStudy(
  setting: Setting,
  judge: { readonly classifier: string },
  effort: StudyEffort & { readonly real: number },
  store: Store,
  bar: Progress,
): Promise<MeasuredStudy> {
  const { set, moments, unseen } = setting;
  const { seed, images, pairs, cloneSteps } = effort;
  const engine = await matrixEngine();
  const { multiply } = engine;

  bar.phase(PHASES.spectrum);
  const analysis = dataAnalysis(set, moments);
  const known = takeSamples(set, pick(set.count, images, seed));
  const energies = { draws: 500, seed, multiply };
  const entropy = await excessEntropy(known, energies);

  bar.phase(PHASES.symmetry);
  const { subject } = setting;
  const broken = await symmetry(
    subject,
    set,
    {
      ...{ ...effort.symmetry, moments, seed, heldOut: unseen },
      jacobian: await networkJacobian(setting.network),
      exactScore: engine.denoiser,
    },
    { progress: ({ done, total }) => bar.at(done / total) },
  );

  bar.phase(PHASES.clones);
  const clones = await cloned();

  bar.phase(PHASES.table);
  const at = ({ done, total }: { done: number; total: number }) => {
    if (total > 0) bar.at(done / total);
  };
  const given = await effortOf(effort, setting);
  const comparison = await compare(subject, set, given, { store, progress: at });

  bar.phase(PHASES.memory);
  const count = Math.min(effort.samples, 1000);
  const { result: remembered, samples } = await memorise(
    subject,
    set,
    { samples: count, seed, multiply, heldOut: unseen },
    { store, progress: at },
  );
  const {
    nearest: _,
    distances: __,
    ratios: ___,
    kind: ____,
    protocol: _____,
    ...report
  } = remembered;
  return {
    result: {
      analysis,
      symmetry: broken.result,
      cloning: clones?.result ?? { none: `${set.name} has no classes that clones could end in` },
      excessEntropy: entropy,
      memorisation: report,
      comparison,
    },
    symmetry: broken,
    clones,
    memorisation: remembered,
    samples: bytesOf("ssb study", samples),
    how: `DDIM, ${remembered.protocol.steps} steps over the whole chain`,
  };

  async function cloned(): Promise<ClonedNetwork | undefined> {
    const classes = new Set(set.labels ?? []);
    if (classes.size < 2) return undefined;
    return cloneNetwork(setting, {
      classifier: judge.classifier,
      solver: "ddpm",
      steps: cloneSteps,
      pairs,
      indices: undefined,
      seed,
      onProgress: bar.at,
    });
  }
}
