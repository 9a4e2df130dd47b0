import type { Kernels, Shape } from "@symbreak/graph";
import { type Held, held, plain, type Tf, type TfTensor } from "./held.ts";

export function productKernels(tf: Tf): Pick<Kernels<Held>, "matmul"> {
  return {
    matmul: ([a, b], { transposeA, transposeB }, { inputs, outputs: [to] }) => {
      const lead = to!.shape.slice(0, -2);
      const [x, y] = [a!, b!].map((value, i) => {
        return stretched(tf, plain(tf, value, inputs[i]!.shape), lead);
      }) as [TfTensor, TfTensor];
      return [held(0, tf.matMul(x, y, transposeA, transposeB))];
    },
  };
}

/** Leading axes repeated up to those of the product, unless there are none: not all backends stretch them right. */
function stretched(tf: Tf, x: TfTensor, lead: Shape): TfTensor {
  if (x.rank === 2 || `${x.shape.slice(0, -2)}` === `${lead}`) return x;
  return tf.broadcastTo(x, [...lead, ...x.shape.slice(-2)]);
}
