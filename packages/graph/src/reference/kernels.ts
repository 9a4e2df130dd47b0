import type { Kernels } from "../evaluate.ts";
import { elementwiseKernels } from "./elementwise.ts";
import { layoutKernels } from "./layout.ts";
import { normaliserKernels } from "./normalisers.ts";
import { pixelKernels } from "./pixels.ts";
import { productKernels } from "./products.ts";
import type { Value } from "./value.ts";

/** Every operation in the plainest JavaScript, in double precision: what gradients and engines are tested against. */
export const referenceKernels: Kernels<Value> = {
  constant: (_, { values }) => [Float64Array.from(values)],
  ...elementwiseKernels,
  ...layoutKernels,
  ...normaliserKernels,
  ...pixelKernels,
  ...productKernels,
};
