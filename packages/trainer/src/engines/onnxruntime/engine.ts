import type { BlockSize } from "@symbreak/graph";
import { defineEngine } from "../define-engine.ts";
import type { Compiled, Engine, EngineName } from "../engine.ts";
import type { OnnxRuntime, SessionOptions } from "./runtime.ts";
import { stageOf } from "./stage.ts";
import { compileStages, type Stage, type StagesOptions } from "./stages.ts";

export interface OnnxEngineOptions extends SessionOptions {
  readonly name: Extract<EngineName, `onnxruntime-${string}`>;
  /** The runtime's version, for the log. */
  readonly version?: string | undefined;
  /** From graph's `findBlockSize` on this runtime; without it convolutions are lowered to public operators. */
  readonly blockSize?: BlockSize | undefined;
}

/** Where sessions live: this thread, or a worker. */
export interface Host {
  compile(stages: readonly Stage[], options: StagesOptions): Promise<Omit<Compiled, "description">>;
  dispose(): Promise<void>;
}

/** An engine on onnxruntime, -node or -web, in this thread, which `run` blocks for the whole step. */
export function onnxEngine(runtime: OnnxRuntime, options: OnnxEngineOptions): Engine {
  const compile: Host["compile"] = async (stages, settings) => {
    const compiled = await compileStages(runtime, stages, settings);
    // Timers and signals get their turn between steps.
    const run: Compiled["run"] = async (feeds) => {
      await new Promise((resolve) => setTimeout(resolve));
      return compiled.run(feeds);
    };
    return { ...compiled, run };
  };
  return hostedEngine({ compile, dispose: async () => {} }, options);
}

/** An engine on onnxruntime wherever its sessions live. */
export function hostedEngine(host: Host, options: OnnxEngineOptions): Engine {
  const { name, threads, providers, blockSize } = options;
  const description = describe(options);
  return defineEngine({
    name,
    description,
    compile: async (program, { state }) => {
      const stage = stageOf(program, blockSize);
      return { ...(await host.compile([stage], { threads, providers, state })), description };
    },
    dispose: host.dispose,
  });
}

/** The line for the log. */
export function describe({
  name,
  version,
  threads,
  providers,
  blockSize,
  workers = 1,
}: OnnxEngineOptions & { readonly workers?: number }): string {
  const convolutions = blockSize
    ? `convolutions in blocks of ${blockSize.channels} channels`
    : "public operators";
  const each = `${threads} ${threads === 1 ? "thread" : "threads"}`;
  const parts = [
    version ? `${name} ${version}` : name,
    providers.join(" then "),
    workers > 1 ? `${workers} workers with ${each} each` : each,
    convolutions,
  ];
  return parts.join(", ");
}
