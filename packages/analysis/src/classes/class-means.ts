import { rowsInUnits, takeSamples } from "@symbreak/core";
import { dot } from "@symbreak/core/linalg";
import { coordinateMoments } from "../moments/coordinate-moments.ts";
import { classRows, type Labelled } from "./labelled.ts";

/** First and second moments of one class, in the units that the model sees. */
export interface ClassMean {
  readonly label: number;
  readonly count: number;
  readonly mean: Float64Array;
  /** Tr C of the class. */
  readonly trace: number;
  /** An estimate of Tr C². */
  readonly squareTrace: number;
}

/** Rows that the estimate of Tr C² looks at. */
const PAIRS_OF = 200;

/** The mean of each class, with what its uncertainty needs. */
export function classMeans(where: string, data: Labelled): ClassMean[] {
  const { classes, rows } = classRows(where, data);
  return classes.map((label, k) => {
    const own = takeSamples(data, rows[k]!);
    const { count, mean, variances } = coordinateMoments(own);
    const trace = variances.reduce((sum, variance) => sum + variance, 0);
    const first = rowsInUnits(where, own, 0, Math.min(count, PAIRS_OF));
    return { label, count, mean, trace, squareTrace: squareTraceOf(first, mean) };
  });
}

/** The mean of (r·r')² over pairs of different centred rows. */
function squareTraceOf(rows: Float64Array, mean: Float64Array): number {
  const size = mean.length;
  const centred = rows.map((value, i) => value - mean[i % size]!);
  const list = Array.from({ length: rows.length / size }, (_, n) =>
    centred.subarray(n * size, (n + 1) * size),
  );
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < list.length; i++)
    for (let j = 0; j < i; j++, pairs++) sum += dot(list[i]!, list[j]!) ** 2;
  return pairs === 0 ? 0 : sum / pairs;
}
