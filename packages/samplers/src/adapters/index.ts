export * from "./onnx-denoiser.ts";
export * from "./onnx-tensor.ts";
