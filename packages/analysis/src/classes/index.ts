export * from "./between-classes.ts";
export {
  type ClassCurve,
  type ClassCurveAt,
  type ClassCurveOptions,
  classCurve,
} from "./class-curve.ts";
export * from "./class-decisions.ts";
export * from "./class-evidence.ts";
export * from "./class-tree.ts";
export * from "./class-window.ts";
export type { Labelled } from "./labelled.ts";
