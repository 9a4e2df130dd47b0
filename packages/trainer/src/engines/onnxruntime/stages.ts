import type { DType, Shape } from "@symbreak/graph";
import type { Compiled, Values, ValuesByName } from "../engine.ts";
import {
  createSession,
  type OnnxRuntime,
  type OnnxSession,
  type OnnxTensor,
  type SessionOptions,
} from "./runtime.ts";

/** A program lowered to ONNX, with the names that go in and come out. Plain data, so that it may be sent to a worker. */
export interface Stage {
  readonly model: Uint8Array;
  readonly inputs: Readonly<Record<string, { readonly shape: Shape; readonly dtype: DType }>>;
  readonly outputs: readonly string[];
}

export interface StagesOptions extends SessionOptions {
  /** Which output becomes which input of the next run. */
  readonly state: Readonly<Record<string, string>>;
  /** Averages a stage's result over data-parallel workers before a later stage takes it. */
  readonly average?: (name: string, values: Float32Array) => Float32Array;
}

/**
 * Sessions that run one after another on shared state: one for a whole step, two where gradients are averaged in between.
 *
 * State stays in onnxruntime's tensors; those that a run returns are fed to the next (preallocated outputs are no faster,
 * and onnxruntime-web does not write them).
 */
export async function compileStages(
  runtime: OnnxRuntime,
  stages: readonly Stage[],
  { state, average, ...options }: StagesOptions,
): Promise<Omit<Compiled, "description">> {
  const sessions: OnnxSession[] = [];
  for (const { model } of stages) sessions.push(await createSession(runtime, model, options));
  const signatures = Object.assign({}, ...stages.map(({ inputs }) => inputs)) as Stage["inputs"];
  const taken = new Set(stages.slice(1).flatMap(({ inputs }) => Object.keys(inputs)));
  let kept: Readonly<Record<string, OnnxTensor>> = {};

  const tensors = (values: ValuesByName): Record<string, OnnxTensor> =>
    Object.fromEntries(
      Object.entries(values).map(([name, data]) => {
        const { shape, dtype } = signatures[name]!;
        return [name, new runtime.Tensor(dtype as "float32", data, shape)];
      }),
    );

  return {
    load: async (values) => {
      const copies = Object.entries(values).map(([name, data]) => [name, data.slice()]);
      for (const tensor of Object.values(kept)) tensor.dispose();
      kept = tensors(Object.fromEntries(copies));
    },
    run: async (feeds) => {
      const values: Record<string, OnnxTensor> = { ...kept, ...tensors(feeds) };
      const results: Record<string, OnnxTensor> = {};
      for (const [i, { inputs }] of stages.entries()) {
        const wanted = Object.keys(inputs).map((name) => [name, values[name]!]);
        for (const [name, tensor] of Object.entries(
          await sessions[i]!.run(Object.fromEntries(wanted)),
        )) {
          if (!taken.has(name)) results[name] = tensor;
          else if (!average) values[name] = tensor;
          else {
            const mean = average(name, (await tensor.getData()) as Float32Array);
            Object.assign(values, tensors({ [name]: mean }));
          }
        }
      }
      const next = Object.entries(state).map(([output, input]) => [input, results[output]!]);
      for (const tensor of Object.values(kept)) tensor.dispose();
      kept = Object.fromEntries(next);
      const rest = Object.entries(results).filter(([name]) => !(name in state));
      return data(Object.fromEntries(rest));
    },
    read: async () => {
      const values = Object.entries(await data(kept)).map(([name, array]) => [name, array.slice()]);
      return Object.fromEntries(values);
    },
    dispose: async () => {
      for (const tensor of Object.values(kept)) tensor.dispose();
      kept = {};
      for (const session of sessions) await session.release();
    },
  };
}

async function data(
  tensors: Readonly<Record<string, OnnxTensor>>,
): Promise<Record<string, Values>> {
  const values: Record<string, Values> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    values[name] = (await tensor.getData()) as Values;
  }
  return values;
}
