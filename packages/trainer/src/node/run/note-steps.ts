import type { ResolvedConfig } from "../../run/config.ts";
import { rateOf } from "../../run/from-config.ts";
import { lossByLevel } from "../../run/loss-by-level.ts";
import type { StepReport } from "../../run/train.ts";
import type { LogEntry } from "./training-log.ts";

/** Gathers steps, and writes an entry of the log every so often, or when asked to now. */
export function noteSteps(
  config: ResolvedConfig,
  from: number,
  write: (entry: LogEntry) => Promise<void>,
): (report: StepReport, now: boolean) => Promise<void> {
  const rate = rateOf(config);
  let first = from;
  let total = 0;
  let [loss, norm, milliseconds, levels] = [0, 0, 0, lossByLevel()];
  let right = 0;
  return async (report, now) => {
    loss += report.loss;
    norm += report.gradientNorm;
    milliseconds += report.milliseconds;
    total += report.milliseconds;
    levels.add(report.positions, report.perSample);
    for (let i = 0; i < (report.correct?.length ?? 0); i++) right += report.correct![i]!;
    if (!now && report.step % config.every.log !== 0) return;
    const steps = report.step - first;
    const entry: LogEntry = {
      step: report.step,
      loss: loss / steps,
      lossByLevel: levels.means(),
      ...(report.correct && { accuracy: right / (steps * config.batch) }),
      gradientNorm: norm / steps,
      rate: rate(report.step - 1),
      imagesPerSecond: (1000 * steps * config.batch) / milliseconds,
      seconds: total / 1000,
    };
    first = report.step;
    [loss, norm, milliseconds, levels] = [0, 0, 0, lossByLevel()];
    right = 0;
    await write(entry);
  };
}
