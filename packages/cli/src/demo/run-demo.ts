import {
  type AutoStart,
  chooseStarts,
  configuredName,
  type DataAnalysis,
  type DataMoments,
  dataAnalysis,
  type ExcessEntropy,
  excessEntropy,
  type Memorisation,
  memorisation,
  openReferences,
  pick,
  runsOf,
  settingOf,
  testScore,
} from "@symbreak/analysis";
import { bytesOf, dataOf, takeSamples, toBytes } from "@symbreak/core";
import type { LateStartCurveData } from "@symbreak/figures";
import type { MatrixEngine } from "../engine/matrix-engine.ts";
import { describeSubject, openJudged, openSubject } from "../subject.ts";
import type { Progress } from "../terminal/progress.ts";
import {
  type ComparedStarts,
  compareStarts,
  DEMO_SOLVERS,
  DEMO_STEPS,
  startCurve,
} from "./compare-starts.ts";
import {
  collapseFinding,
  copiesFinding,
  decisionFinding,
  demoFinding,
  rowFinding,
} from "./demo-finding.ts";
import { type Unfolding, unfolding } from "./unfolding.ts";

/** How large the demo is. */
export interface DemoSettings {
  /** Training images of the excess entropy. */
  readonly images: number;
  /** Samples of each row of the table; each point of the curve takes a quarter. */
  readonly samples: number;
  readonly seed: number;
}

/** What `ssb demo --json` prints. */
export interface DemoResult {
  readonly finding: string;
  readonly analysis: DataAnalysis;
  readonly excessEntropy: ExcessEntropy;
  readonly starts: readonly AutoStart[];
  readonly lateStart: {
    readonly metric: string;
    readonly rows: readonly Omit<ComparedStarts, "images">[];
    readonly curve: LateStartCurveData;
    /** The distance of as many images of the test split. */
    readonly floor: {
      readonly value: number;
      readonly low: number | null;
      readonly high: number | null;
    };
  };
  readonly memorisation: Memorisation;
  readonly protocol: Readonly<Record<string, string>>;
}

/** The result, and what the report's pictures need beside it. */
export interface DemoRun {
  readonly result: DemoResult;
  readonly moments: DataMoments;
  readonly rows: readonly ComparedStarts[];
  /** Estimates as bytes. */
  readonly unfolding: Omit<Unfolding, "estimates"> & { readonly images: Uint8Array };
  /** The images that the network was trained on. */
  readonly training: Uint8Array;
}

const PHASES = {
  read: "reading MNIST and the network",
  spectrum: "the spectrum and the excess entropy",
  starts: "choosing the starts",
  table: "sampling for the table",
  curve: "sampling along the start",
  memory: "what was memorised",
} as const;

/** Phases and their relative cost, for the progress line. */
export function demoPlan({ images, samples }: DemoSettings): Record<string, number> {
  return {
    [PHASES.read]: 12,
    [PHASES.spectrum]: 4 + images / 1000,
    [PHASES.starts]: 8,
    [PHASES.table]: 4 + samples / 15,
    [PHASES.curve]: 4 + samples / 40,
    [PHASES.memory]: 3 + samples / 100,
  };
}

/** Everything that `ssb demo` computes; `tell` hears each finding as soon as it is known. */
export async function runDemo(
  settings: DemoSettings,
  engine: MatrixEngine,
  bar: Progress,
  tell: (finding: string) => void,
): Promise<DemoRun> {
  const { images, samples, seed } = settings;
  const { multiply } = engine;
  bar.phase(PHASES.read);
  const subject = await openSubject({ network: "zoo:mnist", options: {} });
  const { network, data: set, heldOut: unseen } = subject;
  const { extractor, moments } = await openJudged(subject, "zoo:mnist-classifier");
  const about = { real: 4000, moments, multiply, seed };
  const { reference, realRow } = await openReferences(set, unseen, extractor, about);
  const compared = settingOf(network, set, moments, DEMO_SOLVERS);

  bar.phase(PHASES.spectrum);
  const analysis = dataAnalysis(set, moments);
  tell(decisionFinding(analysis));
  const known = takeSamples(set, pick(set.count, images, seed));
  const entropy = await excessEntropy(known, { draws: 500, seed, multiply });
  tell(collapseFinding(entropy));

  bar.phase(PHASES.starts);
  const runs = runsOf(DEMO_SOLVERS.map(configuredName), DEMO_STEPS);
  const starts = await chooseStarts(compared, runs, await testScore(compared, runs));

  bar.phase(PHASES.table);
  const sampled = { compared, extractor, reference };
  const table = await compareStarts(sampled, starts, { count: samples, seed }, (at, row) => {
    bar.at(at);
    if (row) tell(rowFinding(row));
  });
  bar.phase(PHASES.curve);
  const few = Math.max(40, Math.ceil(samples / 4));
  const drawn = { count: few, seed };
  const curve = await startCurve(sampled, drawn, analysis.speciation.ouTime, bar.at);
  const { frechet: floor } = (await realRow(samples))!;

  bar.phase(PHASES.memory);
  const finest = table.find(({ sampler, steps }) => sampler === "DDIM" && steps === 10)!;
  const made = dataOf(finest.images.late, set.shape, set.units);
  const heldOut = takeSamples(unseen!, pick(unseen!.count, samples, seed));
  const remembered = await memorisation(made, set, { heldOut, multiply });
  tell(copiesFinding(remembered));
  const { estimates, ...way } = await unfolding({ network }, 8, 12, seed);

  const metric = curve.metric;
  const found = {
    analysis,
    lateStart: {
      metric,
      rows: table.map(({ images: _, ...row }) => row),
      curve,
      floor: { value: floor.value, low: floor.low, high: floor.high },
    },
    excessEntropy: entropy,
    memorisation: remembered,
  };
  const protocol = {
    ...describeSubject(subject),
    scale: analysis.scaleFormula,
    features: extractor.description,
    reference: `${reference.features.count} of these images`,
    samplers: "DDIM (eta 0) and DDPM (DDIM with eta 1), x_0 not clipped",
    "noise start": "N(0, I) at index T − T/n (leading spacing)",
    "late start":
      "N(√ᾱ μ, ᾱ C + (1 − ᾱ) I), moments of all training images; grid ⌊linspace(0, start, n)⌋; start chosen before sampling",
    distance: `${metric}: Fréchet distance on the classifier's features; 95 % interval by a jackknife of 20 groups; not FID`,
    samples: `${samples} a row of the table, ${few} a point of the curve`,
    "excess entropy": `of ${images} training images, 500 draws, on ${engine.name}`,
    seed: `${seed} (Philox, one stream a sample)`,
  };
  return {
    result: { finding: demoFinding(found), ...found, starts, protocol },
    moments,
    rows: table,
    unfolding: { ...way, images: toBytes(estimates, set.shape, set.units) },
    training: bytesOf("ssb demo", set),
  };
}
