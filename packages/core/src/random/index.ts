export { philox4x32 } from "./philox.ts";
export * from "./philox-noise.ts";
export * from "./torch.ts";
