import type { ClassDecisions } from "../../classes/class-decisions.ts";
import type { ExcessEntropy } from "../../collapse/excess-entropy.ts";
import type { InformationPeak } from "../../information/information.ts";
import type { CloneResult } from "../clone.ts";
import type { DataAnalysis } from "../data-analysis.ts";
import type { SymmetryResult } from "../symmetry/symmetry-result.ts";

/** A time of the axis, with its 95 % interval where it has one. */
export interface StudyTime {
  readonly name: string;
  /** What it is the time of: a mode, the classes, an image, a copy. */
  readonly of: "mode" | "class" | "detail" | "copy";
  readonly ouTime: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Index of the chain, where it has one. */
  readonly ddpmIndex: number | null;
}

/** What the times come from. */
export interface StudyTimesSources {
  readonly analysis: DataAnalysis;
  readonly classes: Pick<ClassDecisions, "pairs" | "all" | "named"> | null;
  readonly peak: InformationPeak;
  readonly clone: Pick<CloneResult, "crossing"> | null;
  readonly symmetry: Pick<SymmetryResult, "subjects"> | null;
  readonly excessEntropy: Pick<ExcessEntropy, "collapse"> | null;
}

/** Every time that a study knows, from noise to data. */
export function studyTimes(sources: StudyTimesSources): StudyTime[] {
  const { analysis, classes, peak, clone, symmetry, excessEntropy } = sources;
  const times: StudyTime[] = [];
  const add = (
    name: string,
    of: StudyTime["of"],
    time: { readonly ouTime: number | null; readonly ddpmIndex: number | null } | null | undefined,
    interval?: { readonly low: number; readonly high: number },
  ) => {
    if (time?.ouTime === null || time === null || time === undefined) return;
    const { low = null, high = null } = interval ?? {};
    times.push({ name, of, ouTime: time.ouTime, low, high, ddpmIndex: time.ddpmIndex });
  };
  add("first mode, t_S = ½ ln Λ", "mode", analysis.speciation);
  const decided = classes?.all.decided;
  if (classes !== null && classes.pairs.length > 1) {
    const exact = classes.pairs.flatMap(({ exact, a, b }) =>
      exact === null ? [] : [{ exact, a, b }],
    );
    const sorted = exact.toSorted((p, q) => q.exact.ouTime - p.exact.ouTime);
    const [first, last] = [sorted[0], sorted.at(-1)];
    const nameOf = (label: number) => classes.named.find((one) => one.label === label)?.name;
    const both = ({ a, b }: { a: number; b: number }) => `${nameOf(a)} and ${nameOf(b)}`;
    if (first) add(`first classes part, ${both(first)}`, "class", first.exact, first.exact);
    if (last && last !== first)
      add(`last classes part, ${both(last)}`, "class", last.exact, last.exact);
  }
  if (decided) add("all classes, exact score", "class", decided, decided);
  if (clone?.crossing) add("clones of the network agree", "class", clone.crossing, clone.crossing);
  if (peak.inside) add("densest information", "detail", peak);
  for (const { name, wells, centres } of symmetry?.subjects ?? []) {
    add(`two wells, ${name}`, "class", wells.split);
    const lost = centres.flatMap(({ critical: { potential } }) =>
      potential.kind === "lost" ? [potential.time] : [],
    );
    const [one] = lost;
    const all = lost.map(({ ouTime }) => ouTime);
    if (one)
      add(`centre unstable, ${name}`, "mode", one, {
        low: Math.min(...all),
        high: Math.max(...all),
      });
  }
  add("exact score collapses, t_C of the spectrum", "copy", analysis.collapse.spectrum);
  const collapse = excessEntropy?.collapse;
  if (collapse) add("excess entropy gone", "copy", { ...collapse, ddpmIndex: null }, collapse);
  return times.sort((a, b) => b.ouTime - a.ouTime);
}

/** Why the times of one study differ: two sentences. */
export const WHY_TIMES_DIFFER: string =
  "t_S is the time of the widest mode of all the data, which may be slant or brightness and need not be the classes: classes that are far apart part before it, classes that are alike after it, and what clones, wells and the exact posterior show of all classes together lies between. The times of copies hold for an exact score of so many samples: a network that generalises never reaches them.";
