import {
  concat,
  constant,
  cos,
  mul,
  reshape,
  sin,
  stopGradient,
  type Tensor,
} from "@symbreak/graph";

/** How sinusoidal features are laid out; the names and defaults are diffusers'. */
export interface SinusoidalOptions {
  /** Subtracted from the number of frequencies: at 1 the lowest frequency is just 1/10000 (DDPM), at 0 a little more. */
  readonly freqShift: number;
  /** Cosines first. */
  readonly flipSinToCos: boolean;
}

/**
 * Sines and cosines of t at `size`/2 frequencies from 1 down to about 1/10000 (Vaswani et al. 2017; Ho et al. 2020):
 * timesteps [n] → [n, size]. An odd size ends with a zero, as in diffusers.
 */
export function sinusoidalFeatures(
  timestep: Tensor,
  size: number,
  { freqShift, flipSinToCos }: SinusoidalOptions,
): Tensor {
  const half = Math.floor(size / 2);
  const frequencies = Float32Array.from({ length: half }, (_, k) => {
    // In float32 step by step, as PyTorch does: at t = 999 the difference would show in the fourth decimal.
    const exponent = Math.fround(Math.fround(-Math.log(10000)) * k);
    return Math.exp(Math.fround(exponent / (half - freqShift)));
  });
  const angles = mul(reshape(timestep, [-1, 1]), constant(frequencies, [1, half]));
  const waves = flipSinToCos ? [cos(angles), sin(angles)] : [sin(angles), cos(angles)];
  if (size % 2 === 0) return concat(waves, 1);
  const nothing = mul(reshape(timestep, [-1, 1]), 0);
  return concat([...waves, nothing], 1);
}

/**
 * Sines and cosines of 2π w u at random, fixed frequencies w (Tancik et al. 2020; Song et al. 2021, with u = log σ):
 * u [n], w [size] → [n, 2·size].
 */
export function fourierFeatures(u: Tensor, frequencies: Tensor, flipSinToCos = false): Tensor {
  const turns = mul(reshape(u, [-1, 1]), reshape(stopGradient(frequencies), [1, -1]));
  const angles = mul(turns, 2 * Math.PI);
  return concat(flipSinToCos ? [cos(angles), sin(angles)] : [sin(angles), cos(angles)], 1);
}
