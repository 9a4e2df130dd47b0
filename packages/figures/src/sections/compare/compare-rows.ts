import type { CompareResult, LateStartGain, MeasuredCell, SampleQuality } from "@symbreak/analysis";

/** What names the solvers of a result for people. */
export type Named = Pick<CompareResult, "protocol">;

/** A solver's name for people; of one that the protocol does not have, its word. */
export function labelOf({ protocol }: Named, solver: string): string {
  return protocol.solvers[solver]?.title ?? solver;
}

/** A distance with its 95 % interval. */
function interval({ frechet: { value, low, high } }: SampleQuality): string {
  return low === null ? short(value) : `${short(value)} [${short(low)}, ${short(high!)}]`;
}

/** Where a cell starts, on another grid than the network's own by name, and its distance. */
function from({ timestep, grid, quality }: MeasuredCell): string {
  return `${startOf({ timestep, grid })}: ${interval(quality)}`;
}

/** A start in a few words: "666", "999 on karras:rho=7". */
export function startOf({ timestep, grid }: Pick<MeasuredCell, "timestep" | "grid">): string {
  return grid === undefined ? short(timestep) : `${short(timestep)} on ${grid}`;
}

export const GAINS_HEADER = [
  "solver",
  "steps",
  "NFE",
  "usual noise",
  "tuned noise",
  "best late start",
  "teleport",
  "auto",
  "usual/late",
  "tuned/late",
  "auto/late",
  "recall noise, late",
] as const;

/** The table, under {@link GAINS_HEADER}: where each start is, its distance with interval, the ratios, and recall. */
export function gainRows(result: Named & Pick<CompareResult, "gains">): string[][] {
  const cell = (found: MeasuredCell | undefined) =>
    found === undefined
      ? "–"
      : `${startOf(found)}${found.start === "noise" ? " (noise)" : ""}: ${interval(found.quality)}`;
  return result.gains.map(({ solver, steps, nfe, usual, tuned, late, teleport, auto, ratio }) => [
    labelOf(result, solver),
    String(steps),
    short(nfe),
    from(usual),
    from(tuned),
    from(late),
    cell(teleport),
    cell(auto),
    factor(ratio.usual),
    factor(ratio.tuned),
    factor(ratio.auto ?? null),
    `${recall(tuned)}, ${recall(late)}`,
  ]);
}

export const CORRECTED_HEADER = [
  "solver",
  "steps",
  "usual noise",
  "tuned noise",
  "best late start",
  "place of tuned noise, late",
  "usual/late",
  "tuned/late",
] as const;

/**
 * The table without bias, under {@link CORRECTED_HEADER}: each distance less that of as many real samples, its place between
 * them (0) and the Gaussian (1), and the ratios of what is left.
 */
export function correctedRows(
  result: Named & Pick<CompareResult, "gains" | "discrimination">,
): string[][] {
  const { gains, discrimination } = result;
  const biasOf = ({ quality: { frechet } }: MeasuredCell) =>
    discrimination?.floor.mean ?? frechet.bias ?? 0;
  const excess = (cell: MeasuredCell) => cell.quality.frechet.value - biasOf(cell);
  const place = (cell: MeasuredCell) => {
    if (discrimination === null) return "–";
    const { floor, gaussian } = discrimination;
    const way = gaussian - floor.mean;
    return way > 0 ? (excess(cell) / way).toFixed(2) : "–";
  };
  return gains.map(({ solver, steps, usual, tuned, late, unbiased }) => [
    labelOf(result, solver),
    String(steps),
    ...[usual, tuned, late].map((cell) => short(excess(cell))),
    `${place(tuned)}, ${place(late)}`,
    factor(unbiased.usual),
    factor(unbiased.tuned),
  ]);
}

function recall({ quality: { manifold } }: LateStartGain["late"]): string {
  return manifold === null ? "–" : manifold.recall.toFixed(2);
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
export function paperRows(result: Named & Pick<CompareResult, "paper">): string[][] {
  const { paper: cells } = result;
  return cells
    .filter(({ start }) => start === "late")
    .map((late) => {
      const { solver, steps, nfe, count } = late;
      const usual = cells.find(
        (cell) => cell.start === "noise" && cell.solver === solver && cell.steps === steps,
      )!;
      const ratio = usual.quality.frechet.value / late.quality.frechet.value;
      return [
        ...[labelOf(result, solver), String(steps), short(nfe), String(count)],
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

const FROM = { noise: "noise from", late: "late from", teleport: "teleported to" } as const;

/** What each budget buys, under {@link BUDGET_HEADER}. */
export function budgetRows(result: Named & Pick<CompareResult, "budgets">): string[][] {
  const named = (cell: MeasuredCell | null) =>
    cell === null
      ? "–"
      : `${labelOf(result, cell.solver)}, ${cell.steps} steps, ${FROM[cell.start]} ${from(cell)}`;
  return result.budgets.map(({ calls, best, noise }) => [
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

/** The sets whose quality is told in full: real samples, the Gaussian, the full chain, and every cell of the table. */
export function qualitySets(
  result: Named & Pick<CompareResult, "unseen" | "gaussian" | "fullChain" | "table" | "paper">,
): NamedQuality[] {
  const { unseen, gaussian, fullChain, table, paper } = result;
  const named = (cell: MeasuredCell) => ({
    name: `${labelOf(result, cell.solver)}, ${cell.steps} steps (${short(cell.nfe)} NFE), ${FROM[cell.start]} ${startOf(cell)}`,
    count: cell.count,
    quality: cell.quality,
  });
  const heldOut = result.protocol.heldOut !== null;
  const real = heldOut ? "images not trained on" : "real images beside the reference";
  const row = (name: string, found: typeof unseen) =>
    found === null ? [] : [{ name, count: found.count, quality: found }];
  return [
    ...row(real, unseen),
    ...row("draws of the Gaussian with their mean and covariance", gaussian),
    ...[...fullChain, ...table, ...paper].map(named),
  ];
}

/** Three digits, without an exponent where a number has none. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function factor(ratio: number | null): string {
  return ratio === null ? "–" : ratio.toFixed(2);
}
