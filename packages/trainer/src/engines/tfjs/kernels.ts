import type { Kernel, Kernels } from "@symbreak/graph";
import { convolutionKernels } from "./convolutions.ts";
import { elementwiseKernels } from "./elementwise.ts";
import type { Held, Tf, TfTensor } from "./held.ts";
import { layoutKernels } from "./layout.ts";
import { normaliserKernels } from "./normalisers.ts";
import { pixelKernels } from "./pixels.ts";
import { productKernels } from "./products.ts";

/**
 * Every operation of graphs on TensorFlow.js's own kernels. Each result is a tensor of its own, to be disposed once;
 * whatever else an operation makes is disposed here.
 */
export function tfjsKernels(tf: Tf): Kernels<Held> {
  const kernels = {
    ...elementwiseKernels(tf),
    ...layoutKernels(tf),
    ...normaliserKernels(tf),
    ...pixelKernels(tf),
    ...productKernels(tf),
    ...convolutionKernels(tf),
  };
  const tidied = Object.entries(kernels).map(([name, kernel]) => {
    return [name, tidy(tf, kernel as Kernel<Held, unknown>)];
  });
  return Object.fromEntries(tidied);
}

function tidy(tf: Tf, kernel: Kernel<Held, unknown>): Kernel<Held, unknown> {
  return (inputs, attributes, node) => {
    let results: readonly Held[] = [];
    tf.tidy(() => {
      const found = kernel(inputs, attributes, node);
      const given = new Set<TfTensor | undefined>(inputs.flatMap(({ forms }) => forms));
      results = found.map(({ forms }) => ({
        forms: forms.map(
          (tensor) => tensor && tf.keep(given.has(tensor) ? tensor.clone() : tensor),
        ),
      }));
    });
    return results;
  };
}
