export * from "./symmetry.ts";
export type { SymmetryEffortNumbers, SymmetryResult, SymmetrySubject } from "./symmetry-result.ts";
export * from "./symmetry-theory.ts";
