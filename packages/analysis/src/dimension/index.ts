export { type FlipdOptions, flipd, type LocalDimension } from "./flipd.ts";
export * from "./spectral-gap.ts";
