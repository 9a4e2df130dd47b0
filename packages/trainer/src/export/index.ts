export * from "./denoiser-program.ts";
export * from "./export-onnx.ts";
export * from "./onnx-metadata.ts";
export * from "./verify-onnx.ts";
