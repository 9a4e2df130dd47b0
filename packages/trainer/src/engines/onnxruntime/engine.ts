import type { BlockSize } from "@symbreak/graph";
import { checkState, checkValues, splitInputs } from "../check-values.ts";
import type { Engine, EngineName } from "../engine.ts";
import type { OnnxRuntime, SessionOptions } from "./runtime.ts";
import { stageOf } from "./stage.ts";
import { compileStages, type StagesOptions } from "./stages.ts";

export interface OnnxEngineOptions extends SessionOptions {
  readonly name: Extract<EngineName, `onnxruntime-${string}`>;
  /** From graph's `findBlockSize` on this runtime; without it convolutions are lowered to public operators. */
  readonly blockSize?: BlockSize | undefined;
}

/** An engine on onnxruntime, -node or -web, in one process. `run` blocks its thread for the whole step. */
export function onnxEngine(runtime: OnnxRuntime, options: OnnxEngineOptions): Engine {
  const { name, threads, providers, blockSize } = options;
  const description = describe(options);
  const live = new Set<() => Promise<void>>();
  return {
    name,
    description,
    compile: async (program, { state }) => {
      checkState(program, state);
      const { kept, fed } = splitInputs(program, state);
      const on: StagesOptions = { threads, providers, state };
      const stages = await compileStages(runtime, [stageOf(program, blockSize)], on);
      const dispose = async (): Promise<void> => {
        if (live.delete(dispose)) await stages.dispose();
      };
      live.add(dispose);
      return {
        description,
        load: async (values) => {
          checkValues("load", program, kept, values);
          await stages.load(values);
        },
        run: async (feeds) => {
          checkValues("run", program, fed, feeds);
          return stages.run(feeds);
        },
        read: stages.read,
        dispose,
      };
    },
    dispose: async () => {
      for (const dispose of live) await dispose();
    },
  };
}

function describe({ name, threads, providers, blockSize }: OnnxEngineOptions): string {
  const convolutions = blockSize
    ? `convolutions in blocks of ${blockSize.channels}`
    : "public operators";
  return `${name}, ${providers.join(" then ")}, ${threads} ${threads === 1 ? "thread" : "threads"}, ${convolutions}`;
}
