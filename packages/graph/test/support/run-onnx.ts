import { InferenceSession, Tensor } from "onnxruntime-node";
import { type DType, type OnnxOptions, type Program, toOnnx } from "../../src/index.ts";

const OPTIONS = { intraOpNumThreads: 1, logSeverityLevel: 3 } as const;

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

export interface Fed {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly dtype?: DType;
}

/** Runs an ONNX file once on onnxruntime-node with one thread. */
export async function runModel(
  model: Uint8Array,
  inputs: Readonly<Record<string, Fed>>,
): Promise<Record<string, number[]>> {
  const session = await InferenceSession.create(model, OPTIONS);
  const feeds = Object.entries(inputs).map(([name, { data, shape, dtype = "float32" }]) => {
    return [
      name,
      new Tensor(dtype as "float32", ARRAYS[dtype].from(data) as Float32Array, [...shape]),
    ];
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => [
      name,
      Array.from(value.data as Float32Array, Number),
    ]),
  );
}

/** Lowers a program and runs it once. */
export function runOnnx(
  program: Program,
  values: Readonly<Record<string, ArrayLike<number>>>,
  options: OnnxOptions = {},
): Promise<Record<string, number[]>> {
  const fed = Object.entries(program.inputs).filter(([name]) => !(name in (options.weights ?? {})));
  const inputs = fed.map(([name, { shape, dtype }]) => [
    name,
    { data: values[name]!, shape, dtype },
  ]);
  return runModel(toOnnx(program, options), Object.fromEntries(inputs));
}
