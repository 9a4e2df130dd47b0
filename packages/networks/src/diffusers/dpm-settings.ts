import type { NoiseLevel } from "@symbreak/core";
import type { DpmAlgorithm, DpmMultistepOptions, DpmSolverType } from "@symbreak/samplers";
import type { Fields } from "./config.ts";

/** Solver types of other classes, which diffusers reads as its own default. */
const FOREIGN_TYPES = ["logrho", "bh1", "bh2"] as const;

/** The order, algorithm, type and final-step rules of the DPM-Solver classes. */
export function dpmSettings(
  read: Fields,
  algorithms: readonly DpmAlgorithm[],
): DpmMultistepOptions & { order: number; algorithm: DpmAlgorithm } {
  const algorithm = read.choice("algorithm_type", [...algorithms, "deis"]);
  const type = read.choice("solver_type", ["midpoint", "heun", ...FOREIGN_TYPES]);
  const solverType: DpmSolverType = type === "heun" ? "heun" : "midpoint";
  return {
    order: read.number("solver_order"),
    algorithm: algorithm === "deis" ? "dpmsolver++" : algorithm,
    solverType,
    eulerAtFinal: read.boolean("euler_at_final"),
    ...(read.boolean("lower_order_final") ? {} : { lowerOrderFinal: false }),
  };
}

/** Whether a run over `levels` ends at low order: asked for, and fewer than 15 steps. */
export function lowerOrderOf(
  read: Fields,
  levels: readonly NoiseLevel[],
): { readonly lowerOrderFinal: boolean } {
  return { lowerOrderFinal: read.boolean("lower_order_final") && levels.length <= 15 };
}
