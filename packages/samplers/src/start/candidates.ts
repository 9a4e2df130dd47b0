import {
  CLEAN,
  type ForwardProcess,
  type Grid,
  isChain,
  levelAt,
  type NoiseLevel,
  noiseToSignal,
  processLevels,
  timeGrid,
} from "@symbreak/core";

/** Every twentieth part of a chain, or of a process in log SNR; without a process, of the grid's own twenty levels. */
export function defaultCandidates(process: ForwardProcess | undefined, grid: Grid): NoiseLevel[] {
  if (process === undefined) return grid.levels(undefined, 20).filter(({ sigma }) => sigma > 0);
  if (isChain(process)) {
    const last = process.steps - 1;
    const indices = Array.from({ length: 20 }, (_, k) =>
      Math.min(last, Math.round(((k + 1) * process.steps) / 20)),
    );
    return descending(indices.map((index) => levelAt(process, index)));
  }
  // Rectified flow ends without signal, where log SNR has no end to start from.
  const spacing = process.level(process.tMax).alpha > 0 ? "logSnr" : "time";
  return processLevels(process, timeGrid(process, 20, { spacing }), null);
}

/** Whether a run of so many steps from here has a grid. */
export function fits(
  process: ForwardProcess | undefined,
  steps: number | undefined,
  from: NoiseLevel,
): boolean {
  if (process === undefined) return from.sigma > CLEAN.sigma;
  if (isChain(process)) return steps === undefined || steps <= from.timestep + 1;
  return noiseToSignal(from) > noiseToSignal(process.level(process.tMin));
}

/** Noisiest first, each once. */
export function descending(levels: readonly NoiseLevel[]): NoiseLevel[] {
  const sorted = [...levels].sort((a, b) => noiseToSignal(b) - noiseToSignal(a));
  return sorted.filter((level, i) => i === 0 || !same(level, sorted[i - 1]!));
}

/** Whether two levels have the same noise. */
export function same(a: NoiseLevel, b: NoiseLevel): boolean {
  const [noise, other] = [noiseToSignal(a), noiseToSignal(b)];
  return noise === other || Math.abs(noise / other - 1) < 1e-9;
}
