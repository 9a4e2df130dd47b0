import type { Engine } from "../engine.ts";
import type { Candidate, EngineOptions } from "../select.ts";
import { onnxEngine } from "./engine.ts";
import type { OnnxRuntime } from "./runtime.ts";

/** onnxruntime compiled to WebAssembly: runs wherever JavaScript does, and on WebGPU with `providers: ["webgpu"]`. */
export const onnxruntimeWeb: Candidate = {
  name: "onnxruntime-web",
  install: "install it with: npm install onnxruntime-web",
  open: async (options) =>
    onnxruntimeWebEngine((await import("onnxruntime-web")) as unknown as OnnxRuntimeWeb, options),
};

/** As much of onnxruntime-web as is used here. */
export interface OnnxRuntimeWeb extends OnnxRuntime {
  readonly env: {
    readonly versions: { readonly web?: string };
    readonly wasm: { numThreads?: number };
  };
}

/** The engine on a given onnxruntime-web: for pages, which load their own build of it. */
export function onnxruntimeWebEngine(
  runtime: OnnxRuntimeWeb,
  {
    threads = globalThis.navigator?.hardwareConcurrency ?? 1,
    providers = ["wasm"],
  }: EngineOptions = {},
): Engine {
  // Read when the first session is made, and fixed from then on.
  runtime.env.wasm.numThreads ??= threads;
  const { numThreads } = runtime.env.wasm;
  const version = runtime.env.versions.web;
  return onnxEngine(runtime, { name: "onnxruntime-web", version, threads: numThreads, providers });
}
