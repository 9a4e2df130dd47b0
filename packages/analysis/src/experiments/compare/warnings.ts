import type { AffineScore } from "@symbreak/samplers";
import { type Discrimination, discriminationText } from "../../distance/discrimination.ts";
import type { MeasuredCell } from "../../late-start/cell.ts";

/** A network is worse than a Gaussian where its loss is so many times that of the best linear predictor. */
const WORSE = 1.05;

/**
 * What the affine-score test says of a network that cannot be right: worse than the best linear predictor at most levels.
 * Undefined of a sound one.
 */
export function soundnessWarning(tests: readonly AffineScore[]): string | undefined {
  const ratios = tests.flatMap(({ lossRatio }) => lossRatio ?? []);
  const worse = ratios.filter((ratio) => ratio > WORSE).length;
  if (ratios.length === 0 || worse <= ratios.length / 2) return undefined;
  return `The network denoises these data worse than the best linear predictor at ${worse} of ${ratios.length} noise levels: it is untrained, or its units, its data, what it predicts or the order of its channels are not those that it was trained with. Nothing below says anything of a good network.`;
}

/** What a comparison's reader must know: whether the distance sees a Gaussian, and whether the scan could choose. */
export function compareWarnings(
  found: Discrimination | null,
  scan: readonly MeasuredCell[],
): string[] {
  const warnings: string[] = [];
  if (found === null)
    warnings.push(
      "There are too few real samples beside the reference to say how far real samples are at this n: distances hold their bias, and only their order can be read.",
    );
  else if (!found.sees)
    warnings.push(
      `${discriminationText(found)}. A late start draws from that Gaussian, so that a gain in this table may be the measure's blindness. Take other features.`,
    );
  const runs = new Map<string, MeasuredCell[]>();
  for (const cell of scan.filter(({ start }) => start === "late")) {
    const key = `${cell.solver} with ${cell.steps} steps`;
    runs.set(key, [...(runs.get(key) ?? []), cell]);
  }
  const undecided = [...runs].filter(([, cells]) => !tellsApart(cells)).map(([key]) => key);
  if (undecided.length > 0)
    warnings.push(
      `The scan cannot tell late starts apart for ${undecided.join(", ")}: the 95 % intervals of most of them overlap with the best one's, so that which is best there is chance. Scan with more samples.`,
    );
  return warnings;
}

/** Whether at least half of the starts are measurably farther from the data than the best one. */
function tellsApart(cells: readonly MeasuredCell[]): boolean {
  const ends = cells.map(({ quality: { frechet } }) => {
    return { low: frechet.low ?? frechet.value, high: frechet.high ?? frechet.value };
  });
  const best = Math.min(...ends.map(({ high }) => high));
  return ends.filter(({ low }) => low > best).length >= ends.length / 2;
}
