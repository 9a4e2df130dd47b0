import { checkKeys, exponentialSigmas, invalid } from "@symbreak/core";
import { add, broadcastTo, constant, mean, mul, sizeOf, type Tensor, vjp } from "@symbreak/graph";
import type { Batch, FeedSpec, Loss, Network, Objective, Prepared } from "./objective.ts";
import { sampleMean } from "./squared-error.ts";
import { type StepRandom, stratified } from "./step-random.ts";

/** Settings of {@link implicitScoreMatching}. */
export interface ImplicitScoreMatchingOptions {
  /** Noise scales, descending. Default: 10 in geometric sequence from 1 to 0.01, for data in [0, 1]. */
  readonly sigmas?: ArrayLike<number>;
  /**
   * The divergence of the score: along one random direction of signs a sample (Song et al. 2019; Hutchinson 1990, the
   * default), or "exact", by as many backward passes as there are dimensions, for points.
   */
  readonly divergence?: "sliced" | "exact";
}

/**
 * Implicit score matching (Hyvärinen 2005) over a list of noise scales: the score of the noised data without a word of
 * which noise was added, by ∇·s + ½|s|², as sliced score matching in its variant of reduced variance (Song et al. 2019,
 * eq. 8).
 *
 * The loss is 1 + (2 sigma²/d)(∇·s + ½|s|²): in expectation that of `scoreMatching`, to which it differs by what Stein's
 * identity takes away (Vincent 2011), and no bound from below for a sample. The network is told the index, 0 the noisiest.
 */
export function implicitScoreMatching(options: ImplicitScoreMatchingOptions = {}): Objective {
  checkKeys("implicitScoreMatching", options, ["sigmas", "divergence"]);
  const { sigmas = exponentialSigmas(10, { sigmaMin: 0.01, sigmaMax: 1 }), divergence = "sliced" } =
    options;
  const count = sigmas.length;
  const descend = Array.from(sigmas, (s, i) => s > 0 && s < (i === 0 ? Infinity : sigmas[i - 1]!));
  if (count === 0 || !descend.every(Boolean))
    throw invalid("implicitScoreMatching", "sigmas must be positive and descend", sigmas);
  if (divergence !== "sliced" && divergence !== "exact")
    throw invalid("implicitScoreMatching", 'divergence must be "sliced" or "exact"', divergence);
  const isSliced = divergence === "sliced";
  return {
    name: `implicit score matching over ${count} scales, ${divergence} divergence`,
    prediction: "score",
    inputs: (shape): Record<string, FeedSpec> => ({
      x: { shape },
      timestep: { shape: [] },
      weight: { shape: [] },
      ...(isSliced && { directions: { shape } }),
    }),
    loss: isSliced ? slicedLoss : exactLoss,
    prepare: (batch, random) => prepare(batch, random, sigmas, isSliced),
  };
}

type Inputs = Readonly<Record<string, Tensor>>;

function slicedLoss(network: Network, { x, timestep, weight, directions: v }: Inputs): Loss {
  const score = network(x!, timestep!);
  const [transposed] = vjp([score], [x!], [v!]);
  return completed(score, sampleMean(mul(transposed!, v!)), weight!);
}

function exactLoss(network: Network, { x, timestep, weight }: Inputs): Loss {
  const score = network(x!, timestep!);
  const shape = x!.shape.slice(1);
  const size = sizeOf(shape);
  const parts = Array.from({ length: size }, (_, k) => {
    const unit = Float32Array.from({ length: size }, (_, j) => (j === k ? 1 : 0));
    const along = broadcastTo(constant(unit, [1, ...shape]), x!.shape);
    const [transposed] = vjp([score], [x!], [along]);
    return sampleMean(mul(transposed!, along));
  });
  return completed(score, parts.reduce(add), weight!);
}

/** 1 + 2 sigma² (divergence + ½|s|²), both per dimension; `weight` is 2 sigma². */
function completed(score: Tensor, divergence: Tensor, weight: Tensor): Loss {
  const half = mul(sampleMean(mul(score, score)), 0.5);
  const perSample = add(mul(add(divergence, half), weight), 1);
  return { loss: mean(perSample), perSample };
}

function prepare(
  { data, count }: Batch,
  random: StepRandom,
  sigmas: ArrayLike<number>,
  isSliced: boolean,
): Prepared {
  const size = data.length / count;
  const positions = stratified(random, count);
  const x = new Float32Array(data.length);
  random.normal(x, size, "noise");
  const [timestep, weight] = [new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const index = sigmas.length - 1 - Math.floor(positions[i]! * sigmas.length);
    const sigma = sigmas[index]!;
    for (let j = i * size; j < (i + 1) * size; j++) x[j] = data[j]! + sigma * x[j]!;
    timestep[i] = index;
    weight[i] = 2 * sigma ** 2;
  }
  if (!isSliced) return { feeds: { x, timestep, weight }, positions };
  const uniform = random.uniform(count, size, "projections");
  const directions = Float32Array.from(uniform, (u) => (u < 0.5 ? -1 : 1));
  return { feeds: { x, timestep, weight, directions }, positions };
}
