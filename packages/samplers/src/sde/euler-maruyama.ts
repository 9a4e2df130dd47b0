import { logSnr, type NoiseLevel, type Process } from "@symbreak/core";
import type { Predictor, PredictorStep } from "./predictor-step.ts";

/**
 * The Euler–Maruyama predictor in the process's own time, `x' = x + (f x − g² s) dt + g √(−dt) z` with dt = t' − t < 0
 * (Song et al. 2021, appendix D.4).
 *
 * Times are read off the levels' log SNR, so that any list of levels of the process will do. The step to clean data
 * goes to time 0.
 */
export function eulerMaruyama(process: Process): Predictor {
  const timeOf = (level: NoiseLevel) => (level.sigma > 0 ? process.timeAt(logSnr(level)) : 0);
  return (from: NoiseLevel, to: NoiseLevel): PredictorStep => {
    const t = timeOf(from);
    const dt = timeOf(to) - t;
    const g = process.diffusion(t);
    return {
      ofState: 1 + process.drift(t) * dt,
      ofScore: -g * g * dt,
      ofNoise: g * Math.sqrt(-dt),
    };
  };
}
