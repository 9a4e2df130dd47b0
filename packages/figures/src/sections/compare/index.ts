export * from "./compare-csv.ts";
export * from "./compare-finding.ts";
export * from "./compare-rows.ts";
export * from "./compare-sections.ts";
export { startCurves } from "./curves-section.ts";
export * from "./measured.ts";
export * from "./protocol-lines.ts";
