import { invalid } from "../invalid.ts";
import type { ForwardProcess } from "./forward-process.ts";

/**
 * A process whose network was told its time times `factor`: 1000 t for an SDE on [0, 1], as networks made for the indices
 * of a chain are (Song et al. 2021 tell them 999 t).
 */
export function scaledTime(process: ForwardProcess, factor: number): ForwardProcess {
  if (!(factor > 0 && factor < Infinity))
    throw invalid("scaledTime", "factor must be positive", factor);
  return {
    name: "scaledTime",
    spec: { name: "scaledTime", process: process.spec, factor },
    tMin: process.tMin * factor,
    tMax: process.tMax * factor,
    level: (time) => ({ ...process.level(time / factor), timestep: time }),
    timeAt: (logSnr) => process.timeAt(logSnr) * factor,
  };
}
