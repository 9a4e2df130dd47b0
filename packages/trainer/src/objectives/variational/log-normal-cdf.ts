import {
  add,
  div,
  erf,
  greater,
  log,
  maximum,
  mul,
  sub,
  type Tensor,
  where,
} from "@symbreak/graph";

/** Below this the tail's continued fraction takes over from erf, whose 1 + erf(z/√2) cancels in float32. */
const TAIL = -3;

/** ln Φ(z), the logarithm of the standard normal distribution function; finite, with its gradient, for any z. */
export function logNormalCdf(z: Tensor): Tensor {
  const body = log(mul(add(erf(mul(maximum(z, TAIL), Math.SQRT1_2)), 1), 0.5));
  const w = maximum(mul(z, -1), -TAIL);
  const tail = sub(log(millsRatio(w)), mul(add(mul(w, w), Math.log(2 * Math.PI)), 0.5));
  return where(greater(z, TAIL), body, tail);
}

/** Φ(−w)/φ(w) for w ≥ 3 to 1e-6: 1/(w + 1/(w + 2/(w + 3/(w + …)))) (Abramowitz & Stegun 26.2.14). */
function millsRatio(w: Tensor): Tensor {
  let below = w;
  for (let k = 10; k > 0; k--) below = add(w, div(k, below));
  return div(1, below);
}
