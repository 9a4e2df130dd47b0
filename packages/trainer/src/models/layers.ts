import { conv2d, groupNorm, linear, type Shape, type Tensor } from "@symbreak/graph";
import { constantly, fanAverage, type Initialiser } from "../initialiser.ts";
import type { ParameterSpec, Parameters } from "../model.ts";

/** Weights that begin at zero, so that a residual branch or an output begins as nothing. */
export const zero: Initialiser = constantly(0);

/** A layer's weight and bias. */
export function layer(name: string, shape: Shape, init: Initialiser = fanAverage): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape, init },
    { name: `${name}.bias`, shape: [shape[0]!], init: zero },
  ];
}

/** A normalisation's factor and offset for each channel. */
export function norm(name: string, channels: number): ParameterSpec[] {
  return layer(name, [channels], constantly(1));
}

/** A fully connected layer over the last axis. */
export function applyLinear(p: Parameters, name: string, x: Tensor): Tensor {
  return linear(x, p[`${name}.weight`]!, p[`${name}.bias`]);
}

/** A convolution of images; "same" padding by default. */
export function applyConv(
  p: Parameters,
  name: string,
  x: Tensor,
  options: {
    readonly stride?: number;
    readonly padding?: number | readonly [number, number, number, number];
  } = {},
): Tensor {
  const weight = p[`${name}.weight`]!;
  const padding = (weight.shape[2]! - 1) / 2;
  const bias = p[`${name}.bias`];
  return conv2d(x, weight, { padding, ...options, ...(bias && { bias }) });
}

/** A group normalisation. */
export function applyNorm(
  p: Parameters,
  name: string,
  x: Tensor,
  { groups, epsilon }: { readonly groups: number; readonly epsilon: number },
): Tensor {
  const [scale, shift] = [p[`${name}.weight`]!, p[`${name}.bias`]!];
  return groupNorm(x, { groups, epsilon, scale, shift });
}
