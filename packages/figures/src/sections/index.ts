export * from "./clone/index.ts";
export * from "./compare/index.ts";
export * from "./data/index.ts";
export * from "./memorise/index.ts";
export * from "./score/index.ts";
export * from "./study/index.ts";
export * from "./symmetry/index.ts";
