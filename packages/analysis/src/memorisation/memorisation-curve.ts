import { type Data, invalid } from "@symbreak/core";
import { type Memorisation, type MemorisationOptions, memorisation } from "./memorisation.ts";

/** Samples of a network at one moment of its training. */
export interface Checkpoint {
  /** Training steps τ. */
  readonly step: number;
  readonly samples: Data;
}

/** Settings of {@link memorisationCurve}. */
export interface MemorisationCurveOptions extends MemorisationOptions {
  /** A distance of samples to the data, lower is better: a Fréchet distance, say. τ_gen needs it. */
  readonly distance?: (samples: Data) => number | Promise<number>;
  /** Memorised share at which τ_mem is called. Default 0.1. */
  readonly threshold?: number;
  /** τ_gen is where the distance has first come within this factor of its least. Default 1.1. */
  readonly within?: number;
}

/** Memorisation against training time. */
export interface MemorisationCurve {
  /** By training step. */
  readonly curve: readonly {
    readonly step: number;
    readonly memorised: Memorisation["memorised"];
    readonly medianRatio: number;
    /** Of the samples; null without a `distance`. */
    readonly distance: number | null;
  }[];
  /** Where the samples are good, in training steps; null without a `distance`. */
  readonly tauGen: number | null;
  /** Where the memorised share crosses the threshold for the first time, linear between checkpoints; null if it does not. */
  readonly tauMem: number | null;
  /** Memorised share of held-out images: chance; null without them. */
  readonly chance: number | null;
  readonly threshold: number;
  readonly within: number;
  readonly ratio: number;
  readonly training: number;
}

/**
 * The two times of training of Bonnaire, Urfin, Biroli & Mézard 2025: τ_gen, when samples become good, independent of n, and
 * τ_mem ∝ n, when they become copies. Between them lies the window for early stopping.
 */
export async function memorisationCurve(
  checkpoints: readonly Checkpoint[],
  training: Data,
  options: MemorisationCurveOptions = {},
): Promise<MemorisationCurve> {
  const { distance, threshold = 0.1, within = 1.1, ...criterion } = options;
  if (checkpoints.length === 0)
    throw invalid("memorisationCurve", "checkpoints must be at least one", checkpoints.length);
  if (!(threshold > 0 && threshold < 1))
    throw invalid("memorisationCurve", "threshold must lie in (0, 1)", threshold);
  if (!(within >= 1)) throw invalid("memorisationCurve", "within must be at least 1", within);
  const { heldOut: _, ...each } = criterion;
  const points: Point[] = [];
  const reports: Memorisation[] = [];
  for (const { step, samples } of [...checkpoints].sort((a, b) => a.step - b.step)) {
    // What held-out images look like does not change with training.
    const found = await memorisation(samples, training, reports.length === 0 ? criterion : each);
    reports.push(found);
    const { memorised, medianRatio } = found;
    points.push({ step, memorised, medianRatio, distance: (await distance?.(samples)) ?? null });
  }
  const [first] = reports as [Memorisation];
  return {
    curve: points,
    tauGen: firstGood(points, within),
    tauMem: firstCrossing(points, threshold),
    chance: first.heldOut?.memorised.value ?? null,
    ...{ threshold, within, ratio: first.ratio, training: first.training },
  };
}

type Point = MemorisationCurve["curve"][number];

function firstGood(points: readonly Point[], within: number): number | null {
  const distances = points.map(({ distance }) => distance ?? Number.NaN);
  const least = Math.min(...distances);
  return points.find((_, k) => distances[k]! <= within * least)?.step ?? null;
}

function firstCrossing(points: readonly Point[], threshold: number): number | null {
  const at = points.findIndex(({ memorised }) => memorised.value >= threshold);
  const [before, after] = [points[at - 1], points[at]];
  if (after === undefined || before === undefined) return after?.step ?? null;
  const [p, q] = [before.memorised.value, after.memorised.value];
  return before.step + ((threshold - p) / (q - p)) * (after.step - before.step);
}
