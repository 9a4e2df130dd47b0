export * from "./speciation-spectrum.ts";
export * from "./speciation-time.ts";
