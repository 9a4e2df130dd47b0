import type { LawTime, SymmetryResult } from "@symbreak/analysis";
import type { Landscape } from "@symbreak/core";
import { lostAmong, said } from "./symmetry-words.ts";

/** When stability is lost, for people: header and rows. */
export function symmetryTable({ theory, subjects }: SymmetryResult): {
  readonly header: string[];
  readonly rows: string[][];
} {
  const law = (of: LawTime) => (typeof of === "string" ? of : said(of));
  const row = (name: string, of: Readonly<Record<"potential" | "density" | "drift", string>>) => [
    name,
    of.potential,
    of.density,
    of.drift,
  ];
  const laws = (of: SymmetryResult["theory"]["equalNorm"]) => ({
    potential: law(of.potential),
    density: law(of.density),
    drift: law(of.drift),
  });
  return {
    header: ["centre unstable from", "SDE potential", "density", "ODE drift"],
    rows: [
      row("theory, equal norms", laws(theory.equalNorm)),
      row("theory, a Gaussian", laws(theory.gaussian)),
      ...subjects.map(({ name, centres }) => {
        const of = (landscape: Landscape) =>
          lostAmong(centres.map(({ critical }) => critical[landscape]));
        return row(name, {
          potential: of("potential"),
          density: of("density"),
          drift: of("drift"),
        });
      }),
    ],
  };
}
