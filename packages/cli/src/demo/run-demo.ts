import { type ExcessEntropy, excessEntropy, pixelProjection } from "@symbreak/analysis";
import type { Samples } from "@symbreak/core";
import { applyScale, imageSize, loadMnist, scaleOf, toBytes } from "@symbreak/datasets";
import type { LateStartCurveData } from "@symbreak/figures";
import { type Analysis, type AnalyzedSet, analyzeSet } from "../analyze/analyze-set.ts";
import { type RecommendedStart, recommendedStarts } from "../analyze/recommended-start.ts";
import type { MatrixEngine } from "../engine/matrix-engine.ts";
import { pick, rows } from "../pick.ts";
import type { Progress } from "../terminal/progress.ts";
import { type ComparedStarts, compareStarts, distanceOf, startCurves } from "./compare-starts.ts";
import { demoFinding } from "./demo-finding.ts";
import { type Memorisation, memorisation } from "./memorisation.ts";
import { type Unfolding, unfolding } from "./unfolding.ts";

/** How large the demo is. */
export interface DemoSettings {
  /** Training images of the exact score. */
  readonly images: number;
  /** Samples of each row of the table; each point of the curves takes half. */
  readonly samples: number;
  readonly seed: number;
}

/** What `ssb demo --json` prints. */
export interface DemoResult {
  readonly finding: string;
  readonly analysis: Analysis;
  readonly excessEntropy: ExcessEntropy;
  readonly recommendedStarts: readonly RecommendedStart[];
  readonly lateStart: {
    readonly metric: string;
    readonly rows: readonly Omit<ComparedStarts, "samples">[];
    readonly curves: readonly LateStartCurveData[];
    /** The distance of as many real training images that the score does not know. */
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
  readonly analyzed: AnalyzedSet;
  readonly rows: readonly ComparedStarts[];
  readonly unfolding: Unfolding;
  /** The images behind the exact score, in the units of the model. */
  readonly training: Float32Array;
  readonly toBytes: (samples: Samples) => Uint8Array;
}

const PHASES = {
  read: "reading MNIST",
  spectrum: "the covariance and its spectrum",
  entropy: "excess entropy",
  starts: "choosing the starts",
  table: "sampling for the table",
  curves: "sampling along the start",
  memory: "what was memorised",
} as const;

/** Phases and their relative cost, for the progress line. */
export function demoPlan({ images, samples }: DemoSettings): Record<string, number> {
  const sampling = (images * samples) / 4e6;
  return {
    [PHASES.read]: 1,
    [PHASES.spectrum]: 5,
    [PHASES.entropy]: 1 + images / 1000,
    [PHASES.starts]: 4 + images / 1000,
    [PHASES.table]: 3 + 24 * sampling,
    [PHASES.curves]: 8 + 30 * sampling,
    [PHASES.memory]: 1 + 2 * sampling,
  };
}

/** Everything that `ssb demo` computes. */
export async function runDemo(
  settings: DemoSettings,
  engine: MatrixEngine,
  bar: Progress,
): Promise<DemoRun> {
  const { images, samples, seed } = settings;
  const { multiply } = engine;
  bar.phase(PHASES.read);
  const train = await loadMnist();
  const test = await loadMnist({ split: "test" });
  const scale = scaleOf(train, "symmetric");
  const chosen = new Set(pick(train.count, images, seed));
  const others = Array.from({ length: train.count }, (_, i) => i).filter((i) => !chosen.has(i));
  const known = rows(train.images, imageSize(train), [...chosen]);
  const training = applyScale(known, train.shape, scale);

  bar.phase(PHASES.spectrum);
  const analyzed = await analyzeSet(train, scale);
  const { analysis, moments } = analyzed;
  const size = analysis.d;

  bar.phase(PHASES.entropy);
  const entropy = await excessEntropy(
    { values: known, size, scale },
    { draws: 500, seed, multiply },
  );

  bar.phase(PHASES.starts);
  const denoiser = engine.denoiser(training, train.shape);
  const starts = await recommendedStarts(denoiser, training, moments, bar.at);

  bar.phase(PHASES.table);
  const { project, extractor } = pixelProjection(moments, 64);
  const real = project({ values: test.images, size, scale });
  const features = (values: Samples) => project({ values, size });
  const comparison = { denoiser, moments, features, real, extractor, seed };
  const table = await compareStarts(comparison, starts, samples, bar.at);
  bar.phase(PHASES.curves);
  const few = Math.ceil(samples / 2);
  const curves = await startCurves(comparison, table, few, analysis.speciation.ouTime, bar.at);
  const unseen = pick(others.length, samples, seed).map((i) => others[i]!);
  const unknown = rows(train.images, size, unseen);
  const { value, low, high } = distanceOf(comparison, applyScale(unknown, train.shape, scale));

  bar.phase(PHASES.memory);
  const finest = table.find(({ sampler, steps }) => sampler === "DDIM" && steps === 10)!;
  const remembered = await memorisation(finest.samples.late, training, size, multiply);
  const way = await unfolding(denoiser, 8, 12, seed);

  const found = {
    analysis,
    lateStart: {
      metric: `FD-${extractor}`,
      rows: table.map(({ samples: _, ...row }) => row),
      curves,
      floor: { value, low, high },
    },
    excessEntropy: entropy,
    memorisation: remembered,
  };
  const protocol = {
    data: analysis.description,
    scale: analysis.scaleFormula,
    "exact score": `empirical denoiser of ${images} training images, drawn with the seed`,
    schedule: "linear, 1000 steps, 1e-4 to 0.02",
    samplers: "DDIM (eta 0) and DDPM (DDIM with eta 1), x_0 not clipped",
    "noise start": "N(0, I) at index T − T/n (leading spacing)",
    "late start":
      "N(√ᾱ μ, ᾱ C + (1 − ᾱ) I), moments of all 60000 training images; grid ⌊linspace(0, start, n)⌋; start chosen before sampling",
    distance: `FD-${extractor}: Fréchet distance on 64 principal components of the training images, against ${test.count} held-out test images; 95 % interval by a jackknife of 20 groups; not FID`,
    samples: `${samples} a row of the table, ${few} a point of the curves`,
    seed: `${seed} (Philox, one stream a sample)`,
    engine: engine.name,
  };
  const finding = demoFinding(found);
  return {
    result: { finding, ...found, recommendedStarts: starts, protocol },
    analyzed,
    rows: table,
    unfolding: way,
    training,
    toBytes: (values) => toBytes(values, train.shape, scale),
  };
}
