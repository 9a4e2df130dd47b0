export * from "./agreement-curve.ts";
export * from "./paired-agreement.ts";
