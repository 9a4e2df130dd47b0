export * from "./class-uncertainty.ts";
export * from "./speciation-spectrum.ts";
export * from "./speciation-time.ts";
