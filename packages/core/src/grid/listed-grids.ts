import { invalid } from "../invalid.ts";
import { CLEAN, checkLevel, type NoiseLevel, noiseToSignal } from "../level.ts";
import { begunAt, checkedProcess, type Grid } from "./grid.ts";
import { levelsOfSigmas } from "./process-grids.ts";

/**
 * Timesteps typed in: a published grid such as Align Your Steps', or one's own. Descending in noise; the run ends clean.
 *
 * @example timestepList([999, 850, 736, 645, 545, 455, 343, 233, 124, 24])
 */
export function timestepList(timesteps: readonly number[]): Grid {
  checkList("timesteps", timesteps);
  return listed("timesteps", { timesteps: [...timesteps] }, timesteps.length, (process) => [
    ...timesteps.map((timestep) => process.level(timestep)),
    CLEAN,
  ]);
}

/** Sigmas (sigma/alpha) typed in, descending; a final 0 is clean data, which is added where it is missing. */
export function sigmaList(sigmas: readonly number[]): Grid {
  checkList("sigmas", sigmas);
  const steps = sigmas.at(-1) === 0 ? sigmas.length - 1 : sigmas.length;
  return listed("sigmas", { sigmas: [...sigmas] }, steps, (process) =>
    levelsOfSigmas(process, sigmas),
  );
}

/** Levels of one's own, descending, the last where the run ends; a late start keeps what lies below it. */
export function levelList(levels: readonly NoiseLevel[]): Grid {
  if (!Array.isArray(levels) || levels.length === 0)
    throw invalid("levels", "levels must be a list", levels);
  for (const level of levels) checkLevel("levels", level);
  return {
    name: "levels",
    settings: { levels: levels.map(({ alpha, sigma, timestep }) => ({ alpha, sigma, timestep })) },
    levels: (_process, _steps, from) => (from === undefined ? levels : begunAt(from, levels)),
  };
}

/**
 * A rule of one's own: as many steps as it is asked for from the start's level, or from its own top where there is none.
 * A function is no JSON, so that protocols list the levels that it laid.
 */
export function levelRule(
  lay: (steps: number, from: NoiseLevel | undefined) => readonly NoiseLevel[],
): Grid {
  return {
    name: "rule",
    settings: {},
    levels(_process, steps, from) {
      if (steps === undefined || !Number.isInteger(steps) || steps < 1)
        throw invalid("levelRule", "steps must be a positive integer", steps);
      const laid = lay(steps, from);
      if (from === undefined) return laid;
      const [first, ...rest] = laid;
      // The rule's own first level may differ from the start's by rounding only.
      if (first === undefined || !(Math.abs(noiseToSignal(first) / noiseToSignal(from) - 1) < 1e-6))
        throw invalid("levelRule", "levels must begin at the start's level", JSON.stringify(first));
      return [from, ...rest];
    },
  };
}

function listed(
  name: string,
  settings: Readonly<Record<string, unknown>>,
  own: number,
  lay: (process: Parameters<Grid["levels"]>[0] & object) => readonly NoiseLevel[],
): Grid {
  return {
    name,
    settings,
    levels(process, steps, from) {
      if (steps !== undefined && steps !== own)
        throw invalid(
          name,
          `a list of ${own} ${name} makes ${own} steps, so that steps must be that`,
          steps,
        );
      const list = lay(checkedProcess(name, process));
      list.forEach((level, i) => {
        if (i > 0 && !(noiseToSignal(level) < noiseToSignal(list[i - 1]!)))
          throw invalid(name, `${name} must descend in noise`, level.timestep);
      });
      return from === undefined ? list : begunAt(from, list);
    },
  };
}

function checkList(name: string, values: readonly number[]): void {
  if (!Array.isArray(values) || values.length === 0 || !values.every(Number.isFinite))
    throw invalid(name, `${name} must be a list of finite numbers`, values);
}
