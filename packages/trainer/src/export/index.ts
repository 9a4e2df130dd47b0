export * from "./denoiser-program.ts";
export * from "./export-jacobian.ts";
export * from "./export-onnx.ts";
export { type JacobianSide, jacobianProgram } from "./jacobian-program.ts";
export * from "./onnx-metadata.ts";
export * from "./onnx-weights.ts";
export * from "./verify-onnx.ts";
