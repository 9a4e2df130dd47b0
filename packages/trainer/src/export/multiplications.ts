import { type Program, sizeOf } from "@symbreak/graph";

/** How many multiplications a program's convolutions and matrix products take: nearly all of its work. */
export function multiplications({ nodes }: Program): number {
  let total = 0;
  for (const { op, inputs, outputs, attributes } of nodes) {
    const products = sizeOf(outputs[0]!.shape);
    if (op.name === "conv2d") total += products * sizeOf(inputs[1]!.shape.slice(1));
    if (op.name !== "matmul") continue;
    const { transposeA } = attributes as { readonly transposeA: boolean };
    total += products * inputs[0]!.shape.at(transposeA ? -2 : -1)!;
  }
  return total;
}
