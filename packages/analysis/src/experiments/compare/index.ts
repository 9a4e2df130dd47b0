export type { AutoStart } from "./choose-starts.ts";
export * from "./compare.ts";
export type { CompareProtocol, CompareResult } from "./compare-result.ts";
export { COMPARED_SOLVERS, type CompareEffort } from "./effort.ts";
export type { ReferenceRow } from "./references.ts";
export type { RunStart, StartsToTry } from "./starts-to-try.ts";
