export * from "./recommendation.ts";
export { type MeasuredSoundness, type Soundness, soundnessFinding } from "./soundness.ts";
export * from "./study.ts";
export { type StudyTime, WHY_TIMES_DIFFER } from "./study-times.ts";
