import type { BudgetChoice, LateStartGain, MeasuredCell, SampleQuality } from "@symbreak/analysis";
import type { CompareResult } from "./compare-result.ts";
import { COMPARED, type ComparedName } from "./compared-solvers.ts";

/** A solver's name for people. */
export function labelOf(solver: string): string {
  return COMPARED[solver as ComparedName].label;
}

/** A distance with its 95 % interval. */
function interval({ frechet: { value, low, high } }: SampleQuality): string {
  return low === null ? short(value) : `${short(value)} [${short(low)}, ${short(high!)}]`;
}

/** Where a cell starts, and its distance. */
function from({ timestep, quality }: MeasuredCell): string {
  return `${timestep}: ${interval(quality)}`;
}

export const GAINS_HEADER = [
  "solver",
  "steps",
  "NFE",
  "usual noise",
  "tuned noise",
  "best late start",
  "auto",
  "usual/late",
  "tuned/late",
  "auto/late",
] as const;

/** The paper's table, under {@link GAINS_HEADER}: where each start is, its distance with interval, and the ratios. */
export function gainRows(gains: readonly LateStartGain[]): string[][] {
  const cell = (found: MeasuredCell | undefined) =>
    found === undefined
      ? "–"
      : `${found.timestep}${found.start === "noise" ? " (noise)" : ""}: ${interval(found.quality)}`;
  return gains.map(({ solver, steps, nfe, usual, tuned, late, auto, ratio }) => [
    labelOf(solver),
    String(steps),
    short(nfe),
    from(usual),
    from(tuned),
    from(late),
    cell(auto),
    factor(ratio.usual),
    factor(ratio.tuned),
    factor(ratio.auto ?? null),
  ]);
}

export const PAPER_HEADER = [
  "solver",
  "steps",
  "NFE",
  "samples",
  "usual noise",
  "best late start",
  "usual/late",
] as const;

/** The paper's columns by themselves, under {@link PAPER_HEADER}. */
export function paperRows(cells: readonly MeasuredCell[]): string[][] {
  return cells
    .filter(({ start }) => start === "late")
    .map((late) => {
      const { solver, steps, nfe, count } = late;
      const usual = cells.find(
        (cell) => cell.start === "noise" && cell.solver === solver && cell.steps === steps,
      )!;
      const ratio = usual.quality.frechet.value / late.quality.frechet.value;
      return [
        ...[labelOf(solver), String(steps), short(nfe), String(count)],
        ...[from(usual), from(late), factor(ratio)],
      ];
    });
}

export const BUDGET_HEADER = [
  "network calls",
  "nearest of all",
  "nearest from noise",
  "ratio",
] as const;

/** What each budget buys, under {@link BUDGET_HEADER}. */
export function budgetRows(budgets: readonly BudgetChoice[]): string[][] {
  const named = (cell: MeasuredCell | null) =>
    cell === null
      ? "–"
      : `${labelOf(cell.solver)}, ${cell.steps} steps, ${cell.start === "late" ? "late from" : "noise from"} ${cell.timestep}: ${interval(cell.quality)}`;
  return budgets.map(({ calls, best, noise }) => [
    String(calls),
    named(best),
    named(noise),
    noise === null ? "–" : factor(noise.quality.frechet.value / best.quality.frechet.value),
  ]);
}

export const QUALITY_HEADER = [
  "",
  "samples",
  "distance",
  "bias",
  "KID",
  "precision",
  "recall",
  "density",
  "coverage",
  "class entropy, bits",
  "KL to the data, bits",
  "unsure",
] as const;

/** Every measure of named sets, under {@link QUALITY_HEADER}. */
export function qualityRows(sets: readonly NamedQuality[]): string[][] {
  return sets.map(({ name, count, quality }) => {
    const { frechet, kernel, manifold, classes, unsure } = quality;
    // A divergence without bound is null in JSON.
    const share = (value: number | null | undefined) =>
      Number.isFinite(value ?? NaN) ? value!.toFixed(3) : "–";
    return [
      name,
      String(count),
      interval(quality),
      frechet.bias === null ? "–" : short(frechet.bias),
      kernel === null ? "–" : short(kernel.value),
      share(manifold?.precision),
      share(manifold?.recall),
      share(manifold?.density),
      share(manifold?.coverage),
      share(classes?.entropy),
      share(classes?.kl),
      unsure === null ? "–" : `${(100 * unsure).toFixed(1)} %`,
    ];
  });
}

/** A set of images and how good it is. */
export interface NamedQuality {
  readonly name: string;
  readonly count: number;
  readonly quality: SampleQuality;
}

/** The sets whose quality is told in full: unseen images, the full chain, and every cell of the table. */
export function qualitySets({
  unseen,
  fullChain,
  table,
  paper,
}: Pick<CompareResult, "unseen" | "fullChain" | "table" | "paper">): NamedQuality[] {
  const named = (cell: MeasuredCell) => ({
    name: `${labelOf(cell.solver)}, ${cell.steps} steps (${short(cell.nfe)} NFE), ${cell.start} from ${cell.timestep}`,
    count: cell.count,
    quality: cell.quality,
  });
  const real = unseen
    ? [{ name: "images not trained on", count: unseen.count, quality: unseen }]
    : [];
  return [...real, ...fullChain.map(named), ...table.map(named), ...paper.map(named)];
}

/** Three digits, without an exponent where a number has none. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function factor(ratio: number | null): string {
  return ratio === null ? "–" : ratio.toFixed(2);
}
