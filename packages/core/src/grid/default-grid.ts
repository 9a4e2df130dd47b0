import type { ForwardProcess } from "../process/forward-process.ts";
import { isChain } from "../schedule/discrete-schedule.ts";
import { leading } from "./chain-grids.ts";
import type { Grid } from "./grid.ts";
import { even, karras } from "./process-grids.ts";

/** The grid that a process is usually walked on: leading on a chain, Karras' on EDM, equal steps of time elsewhere. */
export function defaultGrid(process: ForwardProcess): Grid {
  if (isChain(process)) return leading();
  return process.name === "edm" ? karras() : even();
}
