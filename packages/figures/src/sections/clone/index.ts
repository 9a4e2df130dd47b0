export * from "./branch-section.ts";
export * from "./clone-section.ts";
export * from "./clone-table.ts";
export * from "./clone-words.ts";
export * from "./published-mnist.ts";
