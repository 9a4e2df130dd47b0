import {
  add,
  exp,
  greater,
  less,
  log,
  maximum,
  mul,
  sub,
  type Tensor,
  where,
} from "@symbreak/graph";
import { logNormalCdf } from "./log-normal-cdf.ts";

/** Half of the distance between neighbours among 256 values on [−1, 1]. */
const HALF = 1 / 255;

/**
 * ln of the probability that a Gaussian gives to the bin of each value, nats (Ho et al. 2020, eq. 13): bins of width
 * 2/255 around 256 values on [−1, 1], the outermost open. Of the values' own shape.
 *
 * `deviation` is value − mean. The bin's edges, seen from the mean, are made to lie to its far side, so that the
 * difference of two tails keeps its digits however far off the mean is.
 */
export function discretisedGaussian(value: Tensor, deviation: Tensor, logVariance: Tensor): Tensor {
  const inverse = exp(mul(logVariance, -0.5));
  const distance = maximum(deviation, mul(deviation, -1));
  const beyondNear = logNormalCdf(mul(sub(HALF, distance), inverse));
  const beyondFar = logNormalCdf(mul(add(distance, HALF), mul(inverse, -1)));
  const inside = add(beyondNear, logOneMinusExp(sub(beyondFar, beyondNear)));
  // An open bin reaches outward from its inner edge, which is the near one if the mean lies inward of the value.
  const open = where(less(mul(value, deviation), 0), logOneMinusExp(beyondFar), beyondNear);
  return where(greater(mul(value, value), 0.999 ** 2), open, inside);
}

/** ln(1 − eˣ) for x < 0; it stays finite where the difference rounds to zero. */
function logOneMinusExp(x: Tensor): Tensor {
  return log(maximum(sub(1, exp(x)), 1e-12));
}
