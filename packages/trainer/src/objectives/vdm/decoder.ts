import {
  add,
  broadcastTo,
  constant,
  div,
  exp,
  greater,
  logSoftmax,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  where,
} from "@symbreak/graph";
import { sampleMean } from "../squared-error.ts";

/** What VDM's data are: 8-bit values scaled to [−1, 1], or real numbers. */
export type VdmData = "bytes" | "real";

/** The grid of 256 values at the centres of equal parts of [−1, 1]. */
const GRID = Float32Array.from({ length: 256 }, (_, v) => (2 * v + 1) / 256 - 1);

/** Samples as VDM sees them: 8-bit values v·2/255 − 1 become (2v + 1)/256 − 1; real numbers stay. */
export function encoded(data: Tensor, kind: VdmData): Tensor {
  return kind === "real" ? data : mul(data, 255 / 256);
}

/**
 * E[−ln p(x | z_0)] per dimension, nats: [n].
 *
 * Bytes: a softmax over 256 values of −(z_0/alpha_0 − value)²/(2 e^gamma_0), at z_0/alpha_0 = x + e^(gamma_0/2)·ε (Kingma et
 * al. 2021, eq. 34). Real numbers: the Gaussian N(z_0/alpha_0, e^gamma_0), whose mean over ε is (ln 2π + gamma_0 + 1)/2.
 */
export function reconstruction(x: Tensor, noise: Tensor, gamma: Tensor, kind: VdmData): Tensor {
  const n = x.shape[0]!;
  if (kind === "real") return broadcastTo(mul(add(gamma, Math.log(2 * Math.PI) + 1), 0.5), [n]);
  const column = reshape(x, [n, -1, 1]);
  const seen = add(column, mul(reshape(noise, [n, -1, 1]), exp(mul(gamma, 0.5))));
  const values = constant(GRID, [1, 1, 256]);
  const distance = sub(seen, values);
  const logits = div(mul(distance, distance), mul(exp(gamma), -2));
  const half = 1 / 256;
  const away = sub(column, values);
  const hit = greater(half * half, mul(away, away));
  return mul(sampleMean(sum(where(hit, logSoftmax(logits), 0), [2])), -1);
}
