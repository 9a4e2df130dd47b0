export * from "./symmetry-sections.ts";
export * from "./symmetry-table.ts";
export * from "./symmetry-words.ts";
