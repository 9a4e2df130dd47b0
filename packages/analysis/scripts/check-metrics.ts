import { frechetDistance, kernelDistance, manifoldCoverage, vendiScore } from "@symbreak/analysis";
import { type Data, dataOf, sizeOf } from "@symbreak/core";

/** Keyword arguments of the feature formula. */
interface Waves {
  readonly a?: number;
  readonly b?: number;
  readonly s?: number;
}

/** One case of a golden file: shapes, the formula's arguments, and reference values by metric. */
interface GoldenCase {
  readonly n1: number;
  readonly n2: number;
  readonly d: number;
  readonly X_kwargs?: Waves;
  readonly Y_kwargs?: Waves;
  readonly [metric: string]: unknown;
}

export interface Golden {
  readonly cases: Readonly<Record<string, GoldenCase>>;
}

export interface Check {
  /** "fullrank_200x8 prdc_k3.recall" */
  readonly name: string;
  readonly ours: number;
  readonly reference: number;
  readonly tolerance: number;
  readonly passed: boolean;
}

/** F(n, d, a, b, s)[i, j] = s·sin(a(i+1)(j+1) + 0.11 j) + b·cos(0.3 j) */
function features(count: number, size: number, { a = 0.37, b = 0, s = 1 }: Waves = {}): Data {
  const values = Float64Array.from({ length: count * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return s * Math.sin(a * (i + 1) * (j + 1) + 0.11 * j) + b * Math.cos(0.3 * j);
  });
  return dataOf(values, [size]);
}

/** Every number of a golden file beside ours, in the order of the file. */
export async function* checkMetrics({ cases }: Golden): AsyncGenerator<Check, void, undefined> {
  for (const [name, golden] of Object.entries(cases)) {
    const x = features(golden.n1, golden.d, golden.X_kwargs);
    const y = features(golden.n2, golden.d, golden.Y_kwargs);
    for (const [metric, expected] of Object.entries(golden)) {
      const found = await measure(metric, x, y, expected);
      if (found === undefined) continue;
      const references = typeof expected === "number" ? { "": expected } : (expected as object);
      for (const [part, reference] of Object.entries(references)) {
        if (typeof reference !== "number") continue;
        const ours = found.values[part] ?? found.values[""] ?? Number.NaN;
        const passed = Math.abs(ours - reference) <= found.tolerance;
        const label = `${name} ${metric}${part === "" ? "" : `.${part}`}`;
        yield { name: label, ours, reference, tolerance: found.tolerance, passed };
      }
    }
  }
}

interface Measured {
  /** By part of the metric; "" serves all parts. */
  readonly values: Readonly<Record<string, number>>;
  readonly tolerance: number;
}

async function measure(
  metric: string,
  x: Data,
  y: Data,
  expected: unknown,
): Promise<Measured | undefined> {
  const k = /^prdc_k(\d+)$/.exec(metric)?.[1];
  if (k !== undefined) {
    const found = await manifoldCoverage(x, y, { k: Number(k) });
    const { precision, recall, density, coverage } = found;
    return { values: { precision, recall, density, coverage }, tolerance: 1e-12 };
  }
  if (metric.startsWith("kid_unbiased_fullset")) {
    const subsetSize = Math.max(x.count, y.count);
    const { value } = await kernelDistance(x, y, { subsetSize });
    const kernel = (meanSquare(x) + meanSquare(y) + 1) ** 3;
    return { values: { "": value }, tolerance: 1e-12 * kernel };
  }
  if (metric === "vendi_X" || metric === "vendi_Y") {
    const value = vendiScore(metric === "vendi_X" ? x : y);
    return { values: { "": value }, tolerance: 1e-10 * value };
  }
  if (metric === "frechet") {
    const { value } = frechetDistance(x, y, { extractor: "golden", groups: 0 });
    return { values: { "": value }, tolerance: frechetTolerance(x, y, expected) };
  }
  return isNumeric(expected) && !SHAPE.includes(metric) ? { values: {}, tolerance: 0 } : undefined;
}

const SHAPE = ["n1", "n2", "d"];

function isNumeric(expected: unknown): boolean {
  return typeof expected === "number";
}

/**
 * The distance is a difference of traces and carries their rounding. Of singular covariances the three reference methods keep
 * only 1e-7 and differ from each other by that much; where they differ by more, by that.
 */
function frechetTolerance(x: Data, y: Data, expected: unknown): number {
  const fewest = Math.min(x.count, y.count);
  const methods = Object.values(expected as object).filter((value) => typeof value === "number");
  const spread = Math.max(...methods) - Math.min(...methods);
  const size = sizeOf(x.shape);
  const traces = size * (meanSquare(x) + meanSquare(y));
  return Math.max((fewest > size ? 1e-12 : 1e-7) * traces, 4 * spread);
}

function meanSquare({ values }: Data): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / values.length;
}
