export * from "./parts.ts";
export * from "./report.ts";
export * from "./style.ts";
