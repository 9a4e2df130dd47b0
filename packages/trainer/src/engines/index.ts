export * from "./engine.ts";
export { type OnnxEngineOptions, onnxEngine } from "./onnxruntime/engine.ts";
export type { OnnxRuntime, OnnxSession, OnnxTensor } from "./onnxruntime/runtime.ts";
