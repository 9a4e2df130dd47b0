import { type Data, inUnits, takeSamples } from "@symbreak/core";
import { type AffineScore, ddim, sample } from "@symbreak/samplers";
import { testScore } from "../compare/choose-starts.ts";
import type { CompareSetting } from "../compare/setting.ts";
import { soundnessWarning } from "../compare/warnings.ts";
import type { ExperimentOptions, Work } from "../experiment.ts";
import type { Judge } from "../judge.ts";
import { pick } from "../pick.ts";
import { storedLike } from "../stored-like.ts";

/** Whether a network is worth studying, from its first samples. Plain JSON. */
export interface Soundness {
  /** Samples of the whole process, and the steps that each took. */
  readonly samples: number;
  readonly steps: number;
  /** The network's denoising loss over that of the best linear predictor, noisiest level first. */
  readonly loss: readonly { readonly timestep: number; readonly ratio: number }[];
  /** How many samples, and how many of as many real ones, the judge puts in each class; null without a judge. */
  readonly classes:
    | readonly { readonly name: string; readonly samples: number; readonly real: number }[]
    | null;
  /** What is wrong; null of a sound network. */
  readonly warning: string | null;
}

/** {@link Soundness}, and the samples and real ones that show it. */
export interface MeasuredSoundness {
  readonly result: Soundness;
  readonly samples: Data;
  readonly real: Data;
}

/** Samples shown, and their steps: some 1800 network calls. */
export const SHOWN = { samples: 36, steps: 50 } as const;

/** Looks at a network first: samples of the whole process beside data, their classes, and the loss at every level. */
export async function soundness(
  setting: CompareSetting,
  judge: Judge | undefined,
  seed: number,
  work: Work,
  { signal }: Pick<ExperimentOptions, "signal">,
): Promise<MeasuredSoundness> {
  const { network, data } = setting;
  const { samples: made } = await sample({
    ...{ network, solver: ddim(), steps: SHOWN.steps, count: SHOWN.samples, seed },
    ...(signal === undefined ? {} : { signal }),
    onStep: ({ count }) => work.did(count),
  });
  const tests = await testScore(setting, [], { signal });
  work.did(tests.length * 64);
  const real = takeSamples(data, pick(data.count, SHOWN.samples, seed));
  const warning = soundnessWarning(tests) ?? null;
  return {
    result: {
      ...SHOWN,
      loss: lossOf(tests),
      classes: judge === undefined ? null : await classesOf(judge, made, inUnits(real)),
      warning,
    },
    samples: storedLike(made, data),
    real,
  };
}

/** What a first look says: what is wrong, or how the loss and the classes of the samples are. */
export function soundnessFinding({ warning, loss, classes, samples }: Soundness): string {
  if (warning !== null) return warning;
  const least = Math.min(...loss.map(({ ratio }) => ratio));
  const better =
    loss.length === 0
      ? "Its loss has no level to be judged at"
      : `It denoises as well as the best linear predictor or better: where it is best its loss is ${least.toFixed(2)} of the linear one`;
  const seen = classes?.filter((one) => one.samples > 0).length;
  return seen === undefined
    ? `${better}.`
    : `${better}. Among ${samples} samples of the whole chain the judge sees ${seen} of ${classes!.length} classes.`;
}

function lossOf(tests: readonly AffineScore[]): Soundness["loss"] {
  return tests.flatMap(({ level, lossRatio }) =>
    lossRatio === null ? [] : [{ timestep: level.timestep, ratio: lossRatio }],
  );
}

async function classesOf(
  { classify, classes }: Judge,
  made: ArrayLike<number>,
  real: Float32Array,
): Promise<NonNullable<Soundness["classes"]>> {
  const count = async (values: Float32Array) => {
    const found = await classify(values, SHOWN.samples);
    const counts = new Map<number, number>();
    if ("labels" in found)
      for (const label of Array.from(found.labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
    return counts;
  };
  const ofSamples = await count(Float32Array.from(made));
  const ofReal = await count(real);
  return classes.map(({ label, name }) => ({
    name,
    samples: ofSamples.get(label) ?? 0,
    real: ofReal.get(label) ?? 0,
  }));
}
