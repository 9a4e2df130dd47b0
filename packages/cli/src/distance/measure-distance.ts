import { createHash } from "node:crypto";
import {
  discriminationText,
  type FeatureStatistics,
  featureStatistics,
  frechetDistance,
  frechetFromStatistics,
  frechetName,
  frechetWarnings,
  kernelDistance,
  kernelWarnings,
  type ManifoldCoverage,
  manifoldCoverage,
  vendiScore,
  wilsonInterval,
} from "@symbreak/analysis";
import { allParts, type Data, type Multiply, sizeOf } from "@symbreak/core";
import { anchoredDistance } from "./anchored-distance.ts";
import type { CoverageResult, DistanceResult, Frechet, Share } from "./distance-result.ts";
import { distanceWarnings, extractorOf } from "./distance-warnings.ts";
import type { FeatureMaker } from "./feature-maker.ts";
import type { Side } from "./side.ts";

/** What to measure. */
export interface DistanceRequest {
  readonly real: Side;
  readonly generated: Side;
  /** Not needed between two statistics files. */
  readonly maker: FeatureMaker | undefined;
  /** Makes the features of the draws that distances are anchored by. Default `maker`. */
  readonly anchoring?: FeatureMaker | undefined;
  readonly k: number;
  readonly seed: number;
  readonly multiply: Multiply;
  readonly onProgress?: (fraction: number) => void;
}

/** KID's usual subsets. */
const SUBSETS = { subsets: 100, subsetSize: 1000 } as const;

/** Measures every distance that the two sides allow. */
export async function measureDistance(request: DistanceRequest): Promise<DistanceResult> {
  const { real, generated, maker, anchoring = maker } = request;
  const { k, seed, multiply, onProgress = () => {} } = request;
  const features = async (side: Side): Promise<Data | undefined> =>
    side.kind === "images" ? maker?.make(side.set) : undefined;
  const [x, y] = await allParts([() => features(real), () => features(generated)]);
  onProgress(0.5);
  const extractor = maker?.name ?? extractorOf(real) ?? extractorOf(generated) ?? "unknown";
  const frechet =
    x && y
      ? frechetDistance(x, y, { extractor, seed })
      : ofStatistics(statisticsOf(real, x), statisticsOf(generated, y), extractor);
  onProgress(0.6);
  const anchored =
    x && y && anchoring && real.kind === "images"
      ? await anchoredDistance({
          ...{ set: real.set, real: x, generated: y, maker: anchoring, seed, multiply },
        })
      : null;
  onProgress(0.7);
  const both = x && y;
  const few = both && Math.max(x.count, y.count) <= SUBSETS.subsetSize;
  const options = { seed, multiply, ...(few ? {} : SUBSETS) };
  const kernel = both ? await kernelDistance(x, y, options) : null;
  onProgress(0.8);
  const coverage = both ? intervals(await manifoldCoverage(x, y, { k, multiply })) : null;
  onProgress(0.9);
  const vendi = both ? { real: vendiScore(x), generated: vendiScore(y) } : null;
  const counts = [countOfSide(real, x), countOfSide(generated, y)] as const;
  const some = x ?? y;
  const size = some ? sizeOf(some.shape) : statisticsOf(real, x).mean.length;
  const protocol = [
    `features: ${maker?.description ?? extractor}`,
    `n: ${counts.map((count) => count ?? "unknown").join(" and ")}`,
    "Fréchet: covariance 1/(n − 1), nuclear norm",
    ...(anchored
      ? [
          `floor: ${anchored.floor.sets} disjoint real sets of ${anchored.count} and as many Gaussian draws`,
        ]
      : []),
    ...(kernel
      ? [
          `KID: (x·y/d + 1)³, unbiased, ${kernel.subsets} subsets of ${few ? "all" : SUBSETS.subsetSize}`,
        ]
      : []),
    ...(coverage ? [`precision, recall, density, coverage: k = ${k}`] : []),
    ...(vendi ? ["Vendi: cosine"] : []),
    `seed: ${seed}`,
  ].join("; ");
  const shown = named(frechet, extractor);
  const sides = { real: counts[0], generated: counts[1] };
  return {
    extractor,
    size,
    real: { name: real.name, description: real.description, count: counts[0] },
    generated: { name: generated.name, description: generated.description, count: counts[1] },
    frechet: shown,
    anchored,
    kernel,
    coverage,
    vendi,
    protocol,
    protocolHash: createHash("sha256").update(protocol).digest("hex").slice(0, 12),
    warnings: [
      ...frechetWarnings({ ...shown, size, counts: sides }),
      ...(kernel ? kernelWarnings(kernel) : []),
      ...(anchored && !anchored.sees ? [`${discriminationText(anchored)}.`] : []),
      ...distanceWarnings(counts, [real, generated], extractor),
    ],
  };
}

function named(frechet: Frechet, extractor: string): Frechet {
  const { value, low, high, standardError, bias } = frechet;
  return { name: frechetName(extractor), value, low, high, standardError, bias };
}

function ofStatistics(p: FeatureStatistics, q: FeatureStatistics, extractor: string): Frechet {
  const none = { low: null, high: null, standardError: null, bias: null };
  return { name: frechetName(extractor), value: frechetFromStatistics(p, q), ...none };
}

function statisticsOf(side: Side, features: Data | undefined): FeatureStatistics {
  if (side.kind === "statistics") return side.statistics;
  if (features === undefined) throw new Error(`${side.name} has images and no extractor was given`);
  return featureStatistics(features);
}

function countOfSide(side: Side, features: Data | undefined): number | null {
  return side.kind === "statistics" ? side.count : (features?.count ?? null);
}

function intervals({
  precision,
  recall,
  density,
  coverage,
  k,
  counts,
}: ManifoldCoverage): CoverageResult {
  const share = (value: number, count: number): Share => ({
    value,
    ...wilsonInterval(Math.round(value * count), count),
  });
  return {
    precision: share(precision, counts.generated),
    recall: share(recall, counts.real),
    density,
    coverage: share(coverage, counts.real),
    k,
  };
}
