import type { StepReport } from "@symbreak/trainer";
import type { LogEntry } from "@symbreak/trainer/node";
import { duration, type ProgressOutput } from "../terminal/progress.ts";

/** How a run is shown while it goes: a line for each log entry, and on a terminal one that follows every step. */
export interface TrainingLines {
  step(report: StepReport): void;
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
  let [begun, first] = [now(), -1];
  const say = (text: string): void => {
    write(`${following ? "\r\u001b[K" : ""}${text}\n`);
    following = false;
  };
  return {
    say,
    step({ step, loss }) {
      if (first < 0) [begun, first] = [now(), step];
      if (!isTTY || now() - shown < EVERY) return;
      const each = step > first ? (now() - begun) / (step - first) : undefined;
      const left = each ? `, about ${duration(each * (steps - step))} left` : "";
      write(`\r\u001b[Kstep ${step} of ${steps}, loss ${loss.toFixed(4)}${left}`);
      [shown, following] = [now(), true];
    },
    log({ step, loss, lossByLevel, gradientNorm, imagesPerSecond, seconds }) {
      const each = seconds / Math.max(1, step - Math.max(0, first - 1));
      const levels = lossByLevel.map((value) => (value === null ? "–" : short(value))).join(" ");
      const rest = step < steps ? `, about ${duration(1000 * each * (steps - step))} left` : "";
      say(
        `step ${step}/${steps}  loss ${loss.toFixed(4)}  [${levels}]  |g| ${short(gradientNorm)}  ${imagesPerSecond.toFixed(0)} images/s${rest}`,
      );
    },
  };
}

/** Three decimals without the leading zero: ".041". */
function short(value: number): string {
  return value.toFixed(3).replace(/^0/, "");
}
