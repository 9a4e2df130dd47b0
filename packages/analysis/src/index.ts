export type { ChainName, ChainTime } from "./chain-time.ts";
export * from "./collapse/index.ts";
export type { AffineScale, Data } from "./data.ts";
export * from "./distance/index.ts";
export * from "./late-start/index.ts";
export * from "./moments/index.ts";
export * from "./neighbours/index.ts";
export * from "./speciation/index.ts";
export * from "./spectrum/index.ts";
