import type { LogEntry } from "@symbreak/trainer/node";

/**
 * A log as at most `count` points, each the mean loss since the point before, as evenly spread on a logarithmic axis
 * of steps as the log allows.
 */
export function thinLog(
  log: readonly Pick<LogEntry, "step" | "loss">[],
  count: number,
): [step: number, loss: number][] {
  const [first, last] = [log[0]!.step, log.at(-1)!.step];
  const ratio = (last / first) ** (1 / (count - 1));
  const points: [number, number][] = [];
  let [sum, steps, before] = [0, 0, 0];
  for (const { step, loss } of log) {
    sum += loss * (step - before);
    steps += step - before;
    before = step;
    const next = (points.at(-1)?.[0] ?? 0) * ratio;
    if (step < next && step !== last) continue;
    points.push([step, Number((sum / steps).toPrecision(4))]);
    [sum, steps] = [0, 0];
  }
  return points;
}

/** Seconds in steps over all sittings: each counts its own from zero. */
export function totalSeconds(log: readonly Pick<LogEntry, "seconds">[]): number {
  return log.reduce((total, { seconds }, i) => {
    const next = log[i + 1]?.seconds ?? 0;
    return next > seconds ? total : total + seconds;
  }, 0);
}
