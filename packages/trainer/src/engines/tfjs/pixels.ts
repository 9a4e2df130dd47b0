import type { Kernels } from "@symbreak/graph";
import { type Held, held, inForm, type Tf } from "./held.ts";

export function pixelKernels(tf: Tf): Pick<Kernels<Held>, "averagePool" | "upsampleNearest"> {
  return {
    averagePool: ([x], { size }, { inputs: [from] }) => {
      const images = inForm(tf, x!, from!.shape, 1) as never;
      return [held(1, tf.avgPool(images, size, size, "valid"))];
    },
    upsampleNearest: ([x], _, { inputs: [from], outputs: [to] }) => {
      const images = inForm(tf, x!, from!.shape, 1) as never;
      const size: [number, number] = [to!.shape[2]!, to!.shape[3]!];
      // Counted from the centres of pixels, so that no rounding of 1/scale can reach a neighbour.
      return [held(1, tf.image.resizeNearestNeighbor(images, size, false, true))];
    },
  };
}
