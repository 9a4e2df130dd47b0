import { type Data, invalid } from "@symbreak/core";
import { type Memorisation, type MemorisationOptions, memorisation } from "./memorisation.ts";
import {
  checkTrainingTimes,
  type TrainingTimes,
  type TrainingTimesOptions,
  trainingTimes,
} from "./training-times.ts";

/** Samples of a network at one moment of its training. */
export interface Checkpoint {
  /** Training steps τ. */
  readonly step: number;
  readonly samples: Data;
}

/** Settings of {@link memorisationCurve}. */
export interface MemorisationCurveOptions extends MemorisationOptions, TrainingTimesOptions {
  /** A distance of samples to the data, lower is better: a Fréchet distance, say. τ_gen needs it. */
  readonly distance?: (samples: Data) => number | Promise<number>;
}

/** Memorisation against training time. */
export interface MemorisationCurve extends TrainingTimes {
  /** By training step. */
  readonly curve: readonly {
    readonly step: number;
    readonly memorised: Memorisation["memorised"];
    readonly medianRatio: number;
    /** Of the samples; null without a `distance`. */
    readonly distance: number | null;
  }[];
  /** Memorised share of held-out images: chance; null without them. */
  readonly chance: number | null;
  readonly threshold: number;
  readonly within: number;
  readonly ratio: number;
  readonly training: number;
}

/**
 * The two times of training ({@link trainingTimes}) from samples of its checkpoints: τ_gen, when they become good, and τ_mem,
 * when they become copies. Between them lies the window for early stopping.
 */
export async function memorisationCurve(
  checkpoints: readonly Checkpoint[],
  training: Data,
  options: MemorisationCurveOptions = {},
): Promise<MemorisationCurve> {
  const { distance, threshold = 0.1, within = 1.1, ...criterion } = options;
  if (checkpoints.length === 0)
    throw invalid("memorisationCurve", "checkpoints must be at least one", checkpoints.length);
  checkTrainingTimes("memorisationCurve", { threshold, within });
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
    ...trainingTimes(
      points.map((point) => ({ ...point, memorised: point.memorised.value })),
      { threshold, within },
    ),
    chance: first.heldOut?.memorised.value ?? null,
    ...{ threshold, within, ratio: first.ratio, training: first.training },
  };
}

type Point = MemorisationCurve["curve"][number];
