import type { SymmetryResult, SymmetrySubject } from "@symbreak/analysis";
import { circlePotentials } from "../../circle-potentials.ts";
import { captioned, numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";

/** The potential between two samples, at a few levels. */
export function circleSection({ subjects }: SymmetryResult, document: unknown): Section {
  const [{ circle }] = subjects as [SymmetrySubject];
  const svg = circlePotentials(
    {
      title: "The potential between two samples",
      angles: circle.angles,
      series: subjects.map(({ name, circle: { at } }) => ({
        name,
        at: at.map(({ time, potential, standardError }) => ({
          label: `index ${time.nearestIndex}`,
          potential,
          standardError,
        })),
      })),
    },
    { document },
  );
  return {
    title: "The potential between two samples",
    text: [
      `u/β along the circle through two noised images, averaged over ${circle.pairs} pairs: one well that becomes two.`,
    ],
    content: [
      captioned(svg, "0 and 1/2 are the two images. Bands: two standard errors over the pairs."),
      numbers(
        "Barrier u(π/4) − ½(u(0) + u(π/2)), with its standard error",
        ["OU time", "index", ...subjects.flatMap(({ name }) => [name, "±"])],
        circle.at.map(({ time }, i) => [
          time.ouTime.toFixed(3),
          String(time.nearestIndex),
          ...subjects.flatMap(({ circle: { at } }) => [
            at[i]!.barrier.toPrecision(3),
            at[i]!.barrierError.toPrecision(2),
          ]),
        ]),
      ),
    ],
  };
}
