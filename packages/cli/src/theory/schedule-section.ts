import { discreteSchedule, levelAt } from "@symbreak/core";
import { captioned, type Section, schedule } from "@symbreak/figures";

/** The schedule that every DDPM index refers to. */
export function scheduleSection(document: unknown): Section {
  const linear = discreteSchedule();
  const levels = Array.from({ length: linear.steps }, (_, i) => levelAt(linear, i));
  return {
    title: "The schedule",
    text: ["The DDPM indices here are those of the linear schedule of 1000 steps."],
    content: [
      captioned(
        schedule({ name: "Linear", levels }, { document }),
        "Signal amplitude α, noise σ and their log ratio, against the 0-based index.",
      ),
    ],
  };
}
