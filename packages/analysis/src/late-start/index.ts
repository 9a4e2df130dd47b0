export * from "./best-per-budget.ts";
export type { Cell, MeasuredCell } from "./cell.ts";
export { nearest as nearestCell } from "./cell.ts";
export * from "./late-start-gain.ts";
export * from "./learned-timesteps.ts";
export * from "./sample-quality.ts";
export * from "./sharpest-bend.ts";
export * from "./start-grid.ts";
