export * from "./between-classes.ts";
export {
  type ClassCurve,
  type ClassCurveAt,
  type ClassCurveOptions,
  classCurve,
} from "./class-curve.ts";
export * from "./class-decisions.ts";
export type { ClassEvidence } from "./class-evidence.ts";
export * from "./class-tree.ts";
export * from "./class-window.ts";
export * from "./empirical-evidence.ts";
export type { Labelled } from "./labelled.ts";
export * from "./posterior-evidence.ts";
