import { invalid } from "@symbreak/core";
import {
  add,
  cast,
  clip,
  div,
  gather,
  less,
  matmul,
  mean,
  mul,
  reshape,
  sizeOf,
  sqrt,
  stopGradient,
  sub,
  sum,
  type Tensor,
  where,
} from "@symbreak/graph";
import type { Model } from "../model.ts";
import { complete } from "./complete.ts";
import { type ConfigFile, configOf } from "./config-file.ts";
import { type GaussianTables, tableSpecs } from "./gaussian-tables.ts";

export interface GaussianSkipConfig {
  /** Principal directions of the data that are told apart; the others share one variance. */
  readonly components: number;
  /** Levels of the discrete schedule. */
  readonly numTrainTimesteps: number;
  /** Timesteps from here on are the Gaussian's alone: nothing is added to its epsilon. `null`, the default, for none. */
  readonly below: number | null;
  /** The network that is added. */
  readonly network: ConfigFile;
}

/** Settings of {@link gaussianSkip}. */
export type GaussianSkipOptions = Partial<Omit<GaussianSkipConfig, "network">>;

/**
 * A network of epsilon that adds to the best linear prediction: epsilon = epsilon_G(x, t) + c(t) · network(x, t).
 *
 * epsilon_G = s (C + s²)⁻¹ (x/alpha − μ), s = sigma/alpha, is exact for Gaussian data with the training data's mean and
 * covariance, and c² is its mean squared error there, so that the network's own target has variance one at every level,
 * as in Karras et al. 2022, section 5, whose skip connection is the isotropic case. Networks that learn this by
 * themselves end up worse than epsilon_G at high noise, before the symmetry breaks. Levels between two indices
 * interpolate s linearly, as core's `levelAt`.
 *
 * With `below` the network is not asked from that timestep on, where the Gaussian is as good (before the symmetry
 * breaks): it can then be trained on the others alone.
 *
 * Its tables are parameters that no gradient reaches: they are stored with the weights. Without `tables` the model can
 * be loaded but not begun.
 *
 * @throws RangeError where the network's output has another shape than its input
 */
export function gaussianSkip(
  network: Model,
  options: GaussianSkipOptions = {},
  tables?: GaussianTables,
): Model<GaussianSkipConfig> {
  const { shape, outputShape } = network;
  if (`${shape}` !== `${outputShape}`)
    throw invalid("gaussianSkip", `the network must give epsilon, [${shape}]`, outputShape);
  const size = sizeOf(shape);
  const usual = {
    components: Math.min(size, 128),
    numTrainTimesteps: 1000,
    below: null,
    network: undefined,
  };
  const config = complete<GaussianSkipConfig>("gaussianSkip", usual, {
    ...options,
    network: configOf(network),
  });
  const { components, numTrainTimesteps: steps, below } = config;
  if (!(Number.isInteger(components) && components >= 1 && components <= size))
    throw invalid("gaussianSkip", `components must be in 1 … ${size}`, components);
  if (below !== null && !(below > 0))
    throw invalid("gaussianSkip", "below must be positive", below);
  const parameters = tableSpecs(size, config, tables);
  return {
    className: "GaussianSkip",
    config,
    shape,
    outputShape,
    ...(network.labels !== undefined && { labels: network.labels }),
    parameters: [...parameters, ...network.parameters],
    apply(p, x, timestep, extras) {
      const table = (name: string): Tensor => stopGradient(p[`gaussian.${name}`]!);
      const s = reshape(noiseToSignal(table("noise_to_signal"), timestep, steps), [-1, 1]);
      const s2 = mul(s, s);
      const flat = reshape(x, [-1, size]);
      const y = sub(mul(flat, sqrt(add(s2, 1))), reshape(table("mean"), [1, size]));
      const linear = reshape(linearEpsilon(y, s, s2, table), [-1, ...shape]);
      const gain = reshape(sqrt(linearError(s2, table, size)), [-1, ...shape.map(() => 1)]);
      const added = mul(gain, network.apply(p, x, timestep, extras));
      if (below === null) return add(linear, added);
      const here = reshape(less(timestep, below), [-1, ...shape.map(() => 1)]);
      return add(linear, where(here, added, 0));
    },
  };
}

/** s (C + s²)⁻¹ y: the listed directions get what they differ by from the rest. */
function linearEpsilon(y: Tensor, s: Tensor, s2: Tensor, table: (name: string) => Tensor): Tensor {
  const { directions, variances, rest } = spectrum(table);
  const left = add(rest, s2);
  const own = mul(add(variances, s2), left);
  const along = mul(matmul(y, directions, { transposeB: true }), div(sub(rest, variances), own));
  return mul(s, add(div(y, left), matmul(along, directions)));
}

/** The mean over coordinates of its squared error: λ/(λ + s²), averaged over the spectrum. */
function linearError(s2: Tensor, table: (name: string) => Tensor, size: number): Tensor {
  const { variances, rest } = spectrum(table);
  const count = variances.shape[1]!;
  const listed = sum(div(variances, add(variances, s2)), [1]);
  const left = mul(mean(div(rest, add(rest, s2)), [1]), size - count);
  return mul(add(listed, left), 1 / size);
}

function spectrum(table: (name: string) => Tensor) {
  const variances = table("variances");
  return {
    directions: table("directions"),
    variances: reshape(variances, [1, -1]),
    rest: reshape(table("rest"), [1, 1]),
  };
}

/** sigma/alpha at a timestep, between two indices in proportion; timesteps beyond the table are its ends. */
function noiseToSignal(table: Tensor, timestep: Tensor, steps: number): Tensor {
  const t = clip(timestep, 0, steps - 1);
  // A cast to integers cuts the fraction off.
  const below = cast(t, "int32");
  const lower = cast(below, "float32");
  const above = cast(clip(add(lower, 1), 0, steps - 1), "int32");
  const [from, to] = [gather(table, below), gather(table, above)];
  return add(from, mul(sub(t, lower), sub(to, from)));
}
