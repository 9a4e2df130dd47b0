export * from "./engine.ts";
export { type OnnxEngineOptions, onnxEngine } from "./onnxruntime/engine.ts";
export type {
  OnnxRuntime,
  OnnxSession,
  OnnxTensor,
  SessionOptions,
} from "./onnxruntime/runtime.ts";
export { type OnnxRuntimeWeb, onnxruntimeWebEngine } from "./onnxruntime/web.ts";
export * from "./select.ts";
export { type TfjsEngineOptions, tfjsEngine } from "./tfjs/engine.ts";
export type { TensorFlow } from "./tfjs/tensorflow.ts";
