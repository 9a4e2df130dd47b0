import type { SymmetryResult } from "./symmetry-result.ts";
import type { LawTime } from "./symmetry-theory.ts";
import { lost, said } from "./symmetry-words.ts";

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
      ...subjects.map(({ name, centre: { critical } }) =>
        row(name, {
          potential: lost(critical.potential),
          density: lost(critical.density),
          drift: lost(critical.drift),
        }),
      ),
    ],
  };
}
