export * from "./export-verified.ts";
