import glue from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import binary from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";

import { fetchTold, type OnStage } from "./stage.ts";

/** onnxruntime's WebAssembly build, as its own module gives it. */
export type OnnxRuntime = typeof import("onnxruntime-web/wasm");

/**
 * onnxruntime-web, fetched when it is first needed, with as many threads as the page may use: several only where the page is
 * cross-origin isolated.
 *
 * It stays a chunk of its own and is told where its files are. Bundled into a worker's own chunk it would start its threads
 * from the worker's code, which runs the page's program again and never answers.
 */
export async function loadOnnxRuntime(onStage: OnStage): Promise<OnnxRuntime> {
  if (typeof WebAssembly === "undefined")
    throw new Error(
      "This browser has no WebAssembly, on which networks run, or it is switched off. The first three rooms do without.",
    );
  const runtime = await import("onnxruntime-web/wasm");
  const { wasm } = runtime.env;
  wasm.wasmPaths = { mjs: absolute(glue), wasm: absolute(binary) };
  wasm.numThreads = threads();
  wasm.wasmBinary ??= await fetchTold(absolute(binary), "WebAssembly", onStage);
  onStage({ words: "compiling" });
  return runtime;
}

/** Threads that the page may use: half its cores, four at most, one without isolation. */
export function threads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency ?? 1) / 2)));
}

function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}
