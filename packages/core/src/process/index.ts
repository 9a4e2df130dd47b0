export type { VpOptions } from "./linear-rate.ts";
export * from "./ou.ts";
export * from "./process.ts";
export * from "./sub-vp.ts";
export * from "./time-grid.ts";
export * from "./vdm.ts";
export * from "./ve.ts";
export * from "./vp.ts";
