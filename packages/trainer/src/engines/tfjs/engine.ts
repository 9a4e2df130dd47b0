import type { Program } from "@symbreak/graph";
import { defineEngine } from "../define-engine.ts";
import type { Engine, EngineName, Values, ValuesByName } from "../engine.ts";
import { type Held, held, type Tf } from "./held.ts";
import { tfjsKernels } from "./kernels.ts";
import { prepare, release } from "./prepare.ts";
import type { TensorFlow } from "./tensorflow.ts";

export interface TfjsEngineOptions {
  readonly name: Extract<EngineName, `tfjs-${string}`>;
  /** TensorFlow.js's name of the backend, which must be registered: `tensorflow`, `wasm`, `cpu`. */
  readonly backend: string;
  /** For the log. */
  readonly description: string;
}

/**
 * An engine that runs graphs operation by operation on a backend of TensorFlow.js. `run` blocks its thread for the whole
 * step.
 */
export async function tfjsEngine(
  tensorflow: TensorFlow,
  { name, backend, description }: TfjsEngineOptions,
): Promise<Engine> {
  const tf = tensorflow as Tf;
  // Several engines share TensorFlow.js's one registry, and what another set must not run our kernels.
  const activate = async (): Promise<void> => {
    if (tf.getBackend() === backend) return;
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js cannot start "${backend}"`);
  };
  // No advice to install another backend.
  tf.enableProdMode();
  await activate();
  const kernels = tfjsKernels(tf);

  const upload = (program: Program, values: ValuesByName): Record<string, Held> =>
    Object.fromEntries(
      Object.entries(values).map(([input, data]) => {
        const { shape, dtype } = program.inputs[input]!;
        return [input, held(0, tf.keep(tf.tensor(data.slice(), [...shape], dtype)))];
      }),
    );
  const download = async (
    values: Readonly<Record<string, Held>>,
  ): Promise<Record<string, Values>> => {
    const arrays: Record<string, Values> = {};
    for (const [key, value] of Object.entries(values)) {
      arrays[key] = ((await value.forms[0]!.data()) as Values).slice();
    }
    return arrays;
  };

  return defineEngine({
    name,
    description,
    compile: async (program, { state }) => {
      const prepared = prepare(tf, program, kernels);
      let kept: Readonly<Record<string, Held>> = {};
      const drop = (): void => Object.values(kept).forEach(release);
      return {
        description,
        load: async (values) => {
          await activate();
          drop();
          kept = upload(program, values);
        },
        run: async (feeds) => {
          // Timers and signals get their turn between steps.
          await new Promise((resolve) => setTimeout(resolve));
          await activate();
          const fed = upload(program, feeds);
          const results = prepared.run({ ...kept, ...fed });
          Object.values(fed).forEach(release);
          const entries = Object.entries(results);
          const rest = Object.fromEntries(entries.filter(([output]) => !(output in state)));
          const values = await download(rest);
          Object.values(rest).forEach(release);
          drop();
          kept = Object.fromEntries(
            Object.entries(state).map(([output, input]) => [input, results[output]!]),
          );
          return values;
        },
        read: async () => {
          await activate();
          return download(kept);
        },
        dispose: async () => {
          drop();
          kept = {};
          prepared.dispose();
        },
      };
    },
    dispose: async () => {},
  });
}
