import { div, maximum, mul, sqrt, sum, type Tensor } from "@symbreak/graph";

/** A vector's norm, and the vector shortened to `limit` where it is longer (Pascanu et al. 2013). */
export function clipNorm(
  vector: Tensor,
  limit: number | undefined,
): { readonly clipped: Tensor; readonly norm: Tensor } {
  const norm = sqrt(sum(mul(vector, vector)));
  if (limit === undefined) return { clipped: vector, norm };
  return { clipped: mul(vector, div(limit, maximum(norm, limit))), norm };
}
