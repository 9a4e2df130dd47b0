import { invalid } from "@symbreak/core";
import { interpret } from "@symbreak/graph";
import type { Pipeline } from "../diffusers/pipeline.ts";
import { normal } from "../initialiser.ts";
import { denoiserProgram } from "./denoiser-program.ts";

/**
 * An exported file in a runtime, its outputs by name: a few lines around an `InferenceSession`. Batches of any size that
 * the file takes; it need not look at all feeds.
 */
export type RunExported = (feeds: {
  readonly sample: Float32Array;
  readonly timestep: Float32Array;
  readonly class_labels?: Int32Array;
}) => Promise<Readonly<Record<string, ArrayLike<number>>>>;

/** How far an exported file's outputs are from the network's. */
export interface Verification {
  /** The largest difference over the output's root mean square; of a classifier's two outputs the worse. */
  readonly error: number;
  readonly tolerance: number;
  /** The shape of the batch that was compared. */
  readonly compared: readonly number[];
}

/** Float32 arithmetic through some fifty layers; and weights rounded to 11 bits. */
const TOLERANCE = { float32: 1e-4, float16: 2e-2 } as const;

/**
 * Compares an exported file with the network computed in double precision by graph's interpreter, on noise. Throws
 * where they differ: a file that is wrong is not to be used.
 */
export async function verifyOnnx(
  run: RunExported,
  { model, weights }: Pipeline,
  { precision = "float32", batch = 1 }: { precision?: "float32" | "float16"; batch?: number } = {},
): Promise<Verification> {
  const sample = normal(1)([batch, ...model.shape], 0, 0);
  // Small times suit every kind: an index, a row of a table, a noise scale, a time in [0, 1].
  const timestep = Float32Array.from({ length: batch }, (_, i) => 0.7 + i);
  const labels = Int32Array.from({ length: batch }, (_, i) => i % (model.labels ?? 1));
  const feeds = { sample, timestep, ...(model.labels !== undefined && { class_labels: labels }) };
  const expected = interpret(denoiserProgram(model, batch), { ...weights, ...feeds });
  const outputs = await run(feeds);
  const tolerance = TOLERANCE[precision];
  const errors = Object.entries(expected).map(([name, values]) =>
    differenceOf(outputs[name] ?? [], values),
  );
  const error = Math.max(...errors);
  if (!(error <= tolerance))
    throw invalid("verifyOnnx", `the file must give the network's outputs to ${tolerance}`, error);
  return { error, tolerance, compared: [batch, ...model.shape] };
}

function differenceOf(output: ArrayLike<number>, expected: Float64Array): number {
  if (output.length !== expected.length) return Infinity;
  const meanSquare = expected.reduce((sum, v) => sum + v * v, 0) / expected.length;
  // Math.max keeps what is not a number.
  const worst = expected.reduce((max, v, i) => Math.max(max, Math.abs(v - output[i]!)), 0);
  return worst === 0 ? 0 : worst / Math.sqrt(meanSquare);
}
