export * from "./analysis-table.ts";
export * from "./spectrum-section.ts";
