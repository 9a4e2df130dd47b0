export * from "./onnx-denoiser.ts";
