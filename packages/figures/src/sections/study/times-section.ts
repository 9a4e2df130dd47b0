import { type StudyResult, WHY_TIMES_DIFFER } from "@symbreak/analysis";
import { momentsAxis } from "../../moments-axis.ts";
import { captioned, numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { treeFigure } from "../data/classes-section.ts";

/** Every time of a study on one axis, and why they differ. */
export function timesSection(
  { times, analysis }: Pick<StudyResult, "times" | "analysis">,
  document: unknown,
): Section {
  const { classes, speciation } = analysis;
  const digits = (value: number | null) => (value === null ? "–" : value.toFixed(3));
  const index = (value: number | null) => (value === null ? "–" : value.toFixed(0));
  return {
    title: "When it decides, and when it would copy",
    text: [WHY_TIMES_DIFFER],
    content: [
      ...(times.length === 0
        ? []
        : [
            captioned(
              (width) =>
                momentsAxis(
                  {
                    title: "All times on one axis",
                    moments: times.map(({ of, ouTime, ...time }) => ({
                      ...time,
                      kind: of,
                      time: ouTime,
                    })),
                  },
                  { document, width },
                ),
              "A colour each for times of modes, of classes, of details and of copies; bars are 95 % intervals, where there are any.",
            ),
            numbers(
              "Times",
              ["", "of a", "OU time", "95 % low", "high", "DDPM index"],
              times.map(({ name, of, ouTime, low, high, ddpmIndex }) => [
                name,
                of,
                ...[ouTime, low, high].map(digits),
                index(ddpmIndex),
              ]),
              [1],
            ),
          ]),
      ...(classes === null || classes.pairs.length < 2
        ? []
        : [treeFigure(classes, speciation.ouTime, document)]),
    ],
  };
}
