export * from "./flipd.ts";
export * from "./spectral-gap.ts";
