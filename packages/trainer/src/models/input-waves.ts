import { concat, cos, mul, sin, type Tensor } from "@symbreak/graph";

/**
 * A sample with fast waves of its values as further channels: sin(2ⁿ π z) and cos(2ⁿ π z) for each n (Kingma et al. 2021,
 * eqs 42–43), [n, c, …] → [n, (1 + 2 k) c, …]. At n = 7 and 8 neighbouring bytes in [−1, 1] are half a turn and a whole one
 * apart, so that the last bits of a byte, which a likelihood pays for, can be told apart.
 */
export function withInputWaves(z: Tensor, exponents: readonly number[]): Tensor {
  if (exponents.length === 0) return z;
  const waves = exponents.flatMap((n) => {
    const angle = mul(z, 2 ** n * Math.PI);
    return [sin(angle), cos(angle)];
  });
  return concat([z, ...waves], 1);
}
