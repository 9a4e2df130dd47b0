import { add, conv2d, div, mul, relu, reshape, sqrt, sub, type Tensor } from "@symbreak/graph";
import { constantly, fanAverage } from "../../initialiser.ts";
import type { ParameterSpec, Parameters } from "../../model.ts";

/** Height and width, or one number for both. */
type Side = number | readonly [height: number, width: number];

/** Convolution, batch normalisation with its running statistics, ReLU: torchvision's `BasicConv2d`. */
export interface BasicConv {
  readonly name: string;
  readonly filters: number;
  readonly kernel: Side;
  readonly stride?: number;
  readonly padding?: Side;
}

const EPSILON = 1e-3;

/** The weights of a {@link BasicConv} on so many channels, named as PyTorch does. */
export function convParameters(
  { name, filters, kernel }: BasicConv,
  channels: number,
): ParameterSpec[] {
  const of = (part: string, value: number): ParameterSpec => ({
    name: `${name}.bn.${part}`,
    shape: [filters],
    init: constantly(value),
  });
  return [
    {
      name: `${name}.conv.weight`,
      shape: [filters, channels, ...pair(kernel)],
      init: fanAverage,
    },
    of("weight", 1),
    of("bias", 0),
    of("running_mean", 0),
    of("running_var", 1),
  ];
}

export function applyBasicConv(
  p: Parameters,
  { name, stride = 1, padding = 0 }: BasicConv,
  x: Tensor,
): Tensor {
  const [height, width] = pair(padding);
  const y = conv2d(x, p[`${name}.conv.weight`]!, {
    stride,
    padding: [height, width, height, width],
  });
  const of = (part: string): Tensor => reshape(p[`${name}.bn.${part}`]!, [1, -1, 1, 1]);
  const gain = div(of("weight"), sqrt(add(of("running_var"), EPSILON)));
  return relu(add(mul(sub(y, of("running_mean")), gain), of("bias")));
}

function pair(side: Side): readonly [number, number] {
  return typeof side === "number" ? [side, side] : side;
}
