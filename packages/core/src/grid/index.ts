export * from "./chain-grids.ts";
export * from "./default-grid.ts";
export type { Grid } from "./grid.ts";
export * from "./grid-of.ts";
export * from "./listed-grids.ts";
export * from "./process-grids.ts";
