import { checkData, type Data, invalid, type Multiply, sizeOf } from "@symbreak/core";
import { nearestNeighbours } from "../neighbours/nearest-neighbours.ts";
import { wilsonInterval } from "../statistics/wilson-interval.ts";

/** Settings of {@link memorisation}. */
export interface MemorisationOptions {
  /** Memorised is what has d1 < ratio · d2. Default 1/3 (Bonnaire et al. 2025). */
  readonly ratio?: number;
  /** Images that were not trained on: what the criterion says of them is chance. */
  readonly heldOut?: Data;
  readonly multiply?: Multiply;
}

/** How near samples are to training images. */
export interface NearnessReport {
  readonly samples: number;
  /** Share with d1/d2 < ratio, copies included, with its 95 % interval. */
  readonly memorised: { readonly value: number; readonly low: number; readonly high: number };
  /** Samples that are a training image, number for number. */
  readonly copies: number;
  /** Different training images among the nearest. */
  readonly distinct: number;
  /** Samples that equal an earlier sample. */
  readonly duplicates: number;
  /** Medians, in units of the model. */
  readonly medianDistance: number;
  readonly medianRatio: number;
}

/** Whether samples are copies of training images, against what held-out images look like. */
export interface Memorisation extends NearnessReport {
  readonly training: number;
  readonly ratio: number;
  /** The same of held-out images; null without them. */
  readonly heldOut: NearnessReport | null;
  /** One a sample: its nearest training image, d1 and d1/d2 (0 for a copy). */
  readonly nearest: readonly number[];
  readonly distances: readonly number[];
  readonly ratios: readonly number[];
  readonly scale: string;
}

/**
 * The memorisation report: a sample much nearer to one training image than to the next is a copy of it.
 *
 * A copy of an image that occurs twice in the training set (d1 = d2 = 0) counts as memorised; one near such a pair without
 * being it does not, since d1 = d2: remove duplicates first.
 */
export async function memorisation(
  samples: Data,
  training: Data,
  options: MemorisationOptions = {},
): Promise<Memorisation> {
  const { ratio = 1 / 3, heldOut, multiply } = options;
  if (!(ratio > 0 && ratio < 1)) throw invalid("memorisation", "ratio must lie in (0, 1)", ratio);
  const total = checkData("memorisation", training, 2);
  const { nearest, distances, ratios, ...report } = await nearness(
    samples,
    training,
    ratio,
    multiply,
  );
  const others = heldOut && (await nearness(heldOut, training, ratio, multiply));
  return {
    ...report,
    training: total,
    ratio,
    heldOut: others === undefined ? null : reportOf(others),
    nearest,
    distances,
    ratios,
    scale: training.units.name,
  };
}

type Nearness = NearnessReport & Pick<Memorisation, "nearest" | "distances" | "ratios">;

async function nearness(
  samples: Data,
  training: Data,
  ratio: number,
  multiply: Multiply | undefined,
): Promise<Nearness> {
  const count = checkData("memorisation", samples);
  const found = await nearestNeighbours(samples, training, 2, { multiply });
  const column = <T>(values: ArrayLike<T>, k: number) =>
    Array.from({ length: count }, (_, n) => values[2 * n + k]!);
  const [nearest, distances] = [column(found.indices, 0), column(found.distances, 0)];
  const seconds = column(found.distances, 1);
  const ratios = distances.map((d, n) => (d === 0 ? 0 : d / seconds[n]!));
  const memorised = ratios.filter((r) => r < ratio).length;
  return {
    samples: count,
    memorised: { value: memorised / count, ...wilsonInterval(memorised, count) },
    copies: distances.filter((d) => d === 0).length,
    distinct: new Set(nearest).size,
    duplicates: duplicatesOf(samples, count),
    medianDistance: median(distances),
    medianRatio: median(ratios),
    nearest,
    distances,
    ratios,
  };
}

function reportOf({ nearest: _, distances: __, ratios: ___, ...report }: Nearness): NearnessReport {
  return report;
}

/** Samples whose numbers have all occurred before. */
function duplicatesOf({ values, shape }: Data, count: number): number {
  const size = sizeOf(shape);
  const seen = new Set<string>();
  for (let n = 0; n < count; n++) seen.add(values.subarray(n * size, (n + 1) * size).join());
  return count - seen.size;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
