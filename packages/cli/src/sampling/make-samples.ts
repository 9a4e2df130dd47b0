import { withoutClass } from "@symbreak/analysis";
import { type ImageShape, type Samples, toBytes } from "@symbreak/core";
import { npyBytes } from "@symbreak/datasets";
import { imageGrid } from "@symbreak/figures";
import {
  type Network,
  type SampleOptions,
  type SampleProtocol,
  type SampleResult,
  sample,
} from "@symbreak/samplers";
import { pngBytes } from "../png-bytes.ts";
import { nameOf, type Outcome } from "../publish.ts";
import { progress } from "../terminal/progress.ts";
import type { Materials } from "./materials.ts";

/** Samples and how they came about: what `ssb sample` prints and `ssb again` reads. Plain JSON. */
export interface SampleRecord {
  readonly kind: "sample";
  /** Name or path of the network. */
  readonly network: string;
  readonly runtime: string;
  /** The data of the network, in words; null where it does not say them and none were looked at. */
  readonly data: string | null;
  /** The name of the network's units. */
  readonly scale: string;
  /** Why it starts where it does. */
  readonly reason: string;
  readonly solver: string;
  readonly start: SampleProtocol["start"];
  readonly steps: number;
  readonly nfe: number;
  readonly count: number;
  readonly seed: string | null;
  readonly shape: readonly number[];
  /** Whether `samples.npy` holds pixels in place of the network's own numbers. */
  readonly bytes: boolean;
  readonly materials: Materials;
  readonly protocol: SampleProtocol;
}

/** What is known of a run beside its options. */
export type About = Pick<
  SampleRecord,
  "network" | "runtime" | "data" | "reason" | "bytes" | "materials"
>;

/** Runs, and tells how far it is. */
export async function runSamples(run: SampleOptions): Promise<SampleResult> {
  const bar = progress({ sampling: 1 });
  bar.phase("sampling");
  const { count = 1, first = 0 } = run;
  try {
    return await sample({
      ...run,
      onStep: (step) =>
        bar.at((step.first - first + (step.index / step.steps) * step.count) / count),
    });
  } finally {
    bar.end();
  }
}

/** Samples as a record, a file of numbers, and a picture where they are images. */
export function samplesOutcome(
  { samples, protocol }: Pick<SampleResult, "protocol"> & { samples: Samples | Uint8Array },
  { units, classes }: Pick<Network, "units" | "classes">,
  about: About,
): Outcome {
  const { count, shape, solver, start, steps, nfe, seed } = protocol;
  const { network, runtime, data, reason, bytes, materials } = about;
  const record: SampleRecord = {
    kind: "sample",
    ...{ network, runtime, data, scale: units.name, reason },
    ...{ solver: solver.name, start, steps, nfe, count, seed, shape, bytes, materials, protocol },
  };
  return {
    result: record,
    text: `${runtime}\n${reason}\n${asked(protocol, classes)}${count} samples, ${solver.name}, ${steps} steps, ${Number(nfe.toFixed(2))} network calls each, seed ${seed}\n`,
    name: `sample-${nameOf(network)}`,
    files: sampleFiles(samples, shape, units, bytes),
  };
}

/** Which classes the samples are of, in a line; nothing for a network that knows none. */
function asked({ condition }: SampleProtocol, classes: Network["classes"]): string {
  if (classes === undefined) return "";
  if (condition === null)
    return `asked ${withoutClass(classes.count)}; --class all deals them to the samples\n`;
  return `classes ${condition.classes.map((label) => label ?? "none").join(", ")}, dealt to the samples by their numbers\n`;
}

/** `samples.npy`, and `samples.png` of images in units of pixels. Samples that are bytes are pixels already. */
export function sampleFiles(
  samples: Samples | Uint8Array,
  shape: readonly number[],
  units: Network["units"],
  bytes: boolean,
): Record<string, Uint8Array> {
  const count = samples.length / shape.reduce((product, n) => product * n, 1);
  const drawable = shape.length === 3 && (shape[0] === 1 || shape[0] === 3);
  const pixels =
    samples instanceof Uint8Array
      ? samples
      : drawable && units.name !== "as-is"
        ? toBytes(samples, shape, units)
        : undefined;
  if (bytes && pixels === undefined)
    throw new RangeError(
      `--bytes: samples of ${shape.join("×")} in ${units.name} units must be images`,
    );
  const picture = pixels && { images: pixels, shape: shape as unknown as ImageShape };
  return {
    ...(picture && {
      "samples.png": pngBytes(imageGrid({ ...picture, columns: Math.ceil(Math.sqrt(count)) }).uri),
    }),
    "samples.npy": npyBytes(bytes ? pixels! : Float32Array.from(samples), [count, ...shape]),
  };
}
