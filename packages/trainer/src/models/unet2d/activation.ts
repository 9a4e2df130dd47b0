import { gelu, mul, relu, silu, softplus, type Tensor, tanh } from "@symbreak/graph";
import type { UNet2DConfig } from "./config.ts";

/** The non-linearities that diffusers calls by these names. */
export const ACTIVATIONS: Readonly<Record<UNet2DConfig["actFn"], (x: Tensor) => Tensor>> = {
  silu,
  swish: silu,
  gelu,
  relu,
  mish: (x) => mul(x, tanh(softplus(x))),
};
