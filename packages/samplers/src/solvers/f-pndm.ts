import { chainOf, checkKeys, invalid, type NoiseLevel, rounding } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { combine } from "./combine.ts";
import { pndmWalk } from "./pndm.ts";
import type { transfer } from "./transfer.ts";

/**
 * PNDM as the repository of Raya & Ambrogioni 2023 runs it (`psdm`, after luping-liu/PNDM): kept to reproduce its
 * published numbers, not to sample well. Use `pndm`.
 *
 * It reads alphaBar one entry too noisy (`alphaBar[⌊t⌋ + 1]` at timestep t), stands at `alphaBar[0]` in the end, and
 * takes its first three steps by Runge–Kutta even if there are no more: with n ≤ 3 it asks the network about timesteps
 * −0.5 and −1, and with n = 3 costs 12 calls. Half-integer timesteps are told to the network as they are.
 *
 * It reads the table of the run's process, a chain (default the linear one of DDPM); of `levels` only the timesteps
 * count. Of a float32 schedule the coefficients are rounded operation by operation.
 */
export function fPndm(settings: Readonly<Record<string, never>> = {}): Solver {
  checkKeys("fPndm", settings, []);
  return {
    name: "fPndm",
    settings: {},
    stochastic: false,
    calls: (steps) => steps + 3 * Math.min(3, steps),
    async *walk(denoiser, x, levels, options = {}) {
      const { process } = options;
      const { alphaBars, precision } = chainOf(process);
      const round = rounding(precision);
      const offByOne = (timestep: number): NoiseLevel => {
        const a = alphaBars[Math.trunc(timestep) + 1];
        if (a === undefined)
          throw invalid("fPndm", `timesteps must be at most ${alphaBars.length - 2}`, timestep);
        return { alpha: round(Math.sqrt(a)), sigma: round(Math.sqrt(round(1 - a))), timestep };
      };
      const move: typeof transfer = (state, epsilon, from, to) => {
        const [a, next] = [from, to].map(
          ({ timestep }) => alphaBars[Math.trunc(timestep) + 1]!,
        ) as [number, number];
        const root = (value: number) => round(Math.sqrt(round(value)));
        const across = round(root(round(1 - next) * a) + root(round(1 - a) * next));
        const ofX = round(1 / round(root(a) * round(root(a) + root(next))));
        const ofEpsilon = round(1 / round(root(a) * across));
        const step = round(next - a);
        const denoised = combine([1 / from.alpha, state], [-from.sigma / from.alpha, epsilon]);
        return { x: combine([1 + step * ofX, state], [-step * ofEpsilon, epsilon]), denoised };
      };
      const walk = levels.map((level) => offByOne(level.timestep));

      const rungeKuttaSteps = Math.min(3, levels.length - 1);
      yield* pndmWalk("fPndm", { rungeKuttaSteps }, denoiser, x, walk, {
        ...options,
        quirks: {
          ...options.quirks,
          midpoint: (from, to) => offByOne((from.timestep + to.timestep) / 2),
          transfer: move,
        },
      });
    },
  };
}
