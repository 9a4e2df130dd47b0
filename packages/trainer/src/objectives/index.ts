export * from "./denoising.ts";
export * from "./objective.ts";
export * from "./simple.ts";
export { type StepRandom, stepRandom } from "./step-random.ts";
