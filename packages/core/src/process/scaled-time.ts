import { invalid } from "../invalid.ts";
import type { ForwardProcess } from "./forward-process.ts";
import type { Process } from "./process.ts";

/**
 * A process whose network was told its time times `factor`: 1000 t for an SDE on [0, 1], as networks made for the indices
 * of a chain are (Song et al. 2021 tell them 999 t). Of an SDE the drift and the diffusion go along.
 */
export function scaledTime<P extends ForwardProcess>(process: P, factor: number): P {
  if (!(factor > 0 && factor < Infinity))
    throw invalid("scaledTime", "factor must be positive", factor);
  const old = (time: number) => time / factor;
  const scaled: ForwardProcess = {
    name: "scaledTime",
    spec: { name: "scaledTime", process: process.spec, factor },
    tMin: process.tMin * factor,
    tMax: process.tMax * factor,
    level: (time) => ({ ...process.level(old(time)), timestep: time }),
    timeAt: (logSnr) => process.timeAt(logSnr) * factor,
  };
  return (isSde(process) ? { ...scaled, ...rates(process, factor) } : scaled) as P;
}

function isSde(process: ForwardProcess): process is Process {
  return "drift" in process;
}

/** The functions of an SDE in the new time: dt is d(time)/factor, and g² goes with dt. */
function rates(process: Process, factor: number): Omit<Process, keyof ForwardProcess> {
  return {
    alpha: (time) => process.alpha(time / factor),
    sigma: (time) => process.sigma(time / factor),
    drift: (time) => process.drift(time / factor) / factor,
    diffusion: (time) => process.diffusion(time / factor) / Math.sqrt(factor),
  };
}
