export * from "./mersenne-twister.ts";
export * from "./philox.ts";
export * from "./philox-noise.ts";
export * from "./torch.ts";
