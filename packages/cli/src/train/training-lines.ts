import { type Progress, secondsLeft } from "@symbreak/core";
import type { StepReport } from "@symbreak/trainer";
import type { LogEntry } from "@symbreak/trainer/node";
import { duration, type ProgressOutput } from "../terminal/progress.ts";

/** How a run is shown while it goes: a line for each log entry, and on a terminal one that follows every step. */
export interface TrainingLines {
  step(report: Pick<StepReport, "step" | "loss">, progress: Progress): void;
  log(entry: LogEntry): void;
  /** Says something in a line of its own. */
  say(text: string): void;
}

/** Least time between two updates of the line that follows, ms. */
const EVERY = 200;

export function trainingLines(
  steps: number,
  { write, isTTY = false, now = Date.now }: ProgressOutput = {
    write: (text) => process.stderr.write(text),
    isTTY: process.stderr.isTTY,
  },
): TrainingLines {
  let shown = -Infinity;
  let following = false;
  let seconds: number | undefined;
  const left = (): string => (seconds ? `, about ${duration(1000 * seconds)} left` : "");
  const say = (text: string): void => {
    write(`${following ? "\r\u001b[K" : ""}${text}\n`);
    following = false;
  };
  return {
    say,
    step({ step, loss }, progress) {
      seconds = secondsLeft(progress);
      if (!isTTY || now() - shown < EVERY) return;
      write(`\r\u001b[Kstep ${step}/${steps}  loss ${loss.toFixed(4)}${left()}`);
      [shown, following] = [now(), true];
    },
    log({ step, loss, lossByLevel, accuracy, gradientNorm, imagesPerSecond }) {
      const values = lossByLevel.map((value) => (value === null ? "–" : short(value))).join(" ");
      const levels = lossByLevel.some((value) => value !== null) ? ` [${values}]` : "";
      const right = accuracy === undefined ? "" : `  accuracy ${(100 * accuracy).toFixed(1)}%`;
      const speed = `${imagesPerSecond.toPrecision(3)} images/s`;
      say(
        `step ${step}/${steps}  loss ${loss.toFixed(4)}${levels}${right}  gradient ${short(gradientNorm)}  ${speed}${left()}`,
      );
    },
  };
}

/** Three decimals without the leading zero: ".041". */
function short(value: number): string {
  return value.toFixed(3).replace(/^0/, "");
}
