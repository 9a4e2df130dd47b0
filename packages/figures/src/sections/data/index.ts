export * from "./analysis-table.ts";
export * from "./classes-section.ts";
export * from "./spectrum-section.ts";
