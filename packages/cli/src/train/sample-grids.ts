import { join } from "node:path";
import {
  defaultGrid,
  type ImageShape,
  isChain,
  toBytes,
  trailing,
  type Units,
} from "@symbreak/core";
import { imageGrid } from "@symbreak/figures";
import { writeAtomically } from "@symbreak/files";
import { preconditioned } from "@symbreak/networks";
import { type Denoiser, ddim, type SampleOptions, sample } from "@symbreak/samplers";
import {
  type Engine,
  type EngineNetwork,
  engineNetwork,
  type RunParts,
  unpackWeights,
} from "@symbreak/trainer";
import { pngBytes } from "../png-bytes.ts";

/** Draws the grids of a run. */
export interface SampleGrids {
  /** Writes `samples/step-….png` and returns the files. */
  draw(weights: { step: number; raw: Float32Array; ema: Float32Array }): Promise<string[]>;
}

/**
 * A few images by a few steps of DDIM, from the raw weights and from their average; the same noise every time, so that
 * the pictures of a run can be compared. Undefined for what draws no samples: a classifier.
 */
export function sampleGrids({
  engine,
  parts,
  units,
  directory,
  count,
  steps,
}: {
  readonly engine: Engine;
  readonly parts: RunParts;
  readonly units: Units;
  readonly directory: string;
  readonly count: number;
  readonly steps: number;
}): SampleGrids | undefined {
  const { model, step } = parts;
  const walk = walkOf(parts);
  if (walk === undefined) return undefined;
  const shape = model.shape as ImageShape;
  let network: EngineNetwork | undefined;
  const images = async (parameters: Float32Array): Promise<Uint8Array> => {
    network ??= await engineNetwork(engine, model, step.layout, count);
    const { predict } = network;
    const { samples } = await sample({
      ...walk(parameters, steps, {
        shape,
        // DDIM has no use for the variance that some networks give as well.
        predict: async (x, { timestep }) =>
          halfIfTwice(await predict(parameters, Float32Array.from(x), timestep), x.length, count),
      }),
      count,
      batch: count,
    });
    return toBytes(samples, shape, units);
  };
  return {
    draw: async ({ step: at, raw, ema }) => {
      const folder = join(directory, "samples");
      const files: string[] = [];
      for (const [name, weights] of Object.entries({ raw, ema })) {
        const columns = Math.ceil(Math.sqrt(count));
        const { uri } = imageGrid({ images: await images(weights), shape, columns });
        const file = join(folder, `step-${String(at).padStart(6, "0")}-${name}.png`);
        await writeAtomically(file, pngBytes(uri));
        files.push(file);
      }
      return files;
    },
  };
}

/** How a network is sampled: the denoiser, the solver and the levels, which a learned schedule has in its weights. */
type Walk = (
  parameters: Float32Array,
  steps: number,
  network: Pick<Denoiser, "shape" | "predict">,
) => Pick<SampleOptions, "denoiser" | "solver" | "process" | "grid" | "steps">;

function walkOf(parts: RunParts): Walk | undefined {
  const { objective, scaling, step } = parts;
  const { prediction: predicts } = objective;
  if (predicts === undefined) return undefined;
  return (parameters, steps, network) => {
    const process = parts.process!(unpackWeights(step.layout, parameters));
    const grid = isChain(process) ? trailing() : defaultGrid(process);
    return {
      denoiser:
        typeof scaling === "object" ? preconditioned(network, scaling) : { ...network, predicts },
      solver: ddim(),
      process,
      grid,
      steps,
    };
  };
}

/** The first half of each of `count` outputs where they are twice as long as the inputs. */
function halfIfTwice(output: Float32Array, length: number, count: number): Float32Array {
  if (output.length === length) return output;
  const size = length / count;
  const half = new Float32Array(length);
  for (let i = 0; i < count; i++)
    half.set(output.subarray(2 * i * size, (2 * i + 1) * size), i * size);
  return half;
}
