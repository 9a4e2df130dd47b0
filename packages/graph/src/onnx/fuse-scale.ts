import type { Finder } from "./fused.ts";
import type { OnnxNode } from "./model.ts";

/**
 * x · scale + shift of each channel, for constants, whose sum this is as one pass: a batch normalisation with mean 0 and variance
 * 1; undefined for any other node.
 */
export function scaleAt(sum: OnnxNode, find: Finder): OnnxNode | undefined {
  const product = sum.type === "Add" ? find.maker(sum.inputs[0]!) : undefined;
  const reshaped = product?.type === "Mul" ? find.maker(product.inputs[0]!) : undefined;
  const rank =
    reshaped?.type === "Reshape" ? find.integers(reshaped.inputs[1]!)?.length : undefined;
  const [scale, shift] = [product?.inputs[1], sum.inputs[1]].map((name) =>
    name === undefined ? undefined : channels(name, rank, find),
  );
  if (scale === undefined || shift === undefined || scale.count !== shift.count) return undefined;
  const [zeros, ones] = [0, 1].map((value) => find.filled(scale.count, value)) as [string, string];
  return {
    type: "BatchNormalization",
    domain: "",
    inputs: [product!.inputs[0]!, scale.name, shift.name, zeros, ones],
    outputs: sum.outputs,
    attributes: { epsilon: { float: 0 } },
  };
}

/** The constant [c] that was reshaped to [c, 1, …] of one axis less than x. */
function channels(
  name: string,
  rank: number | undefined,
  find: Finder,
): { readonly name: string; readonly count: number } | undefined {
  const reshape = find.maker(name);
  const shape = reshape?.type === "Reshape" ? find.integers(reshape.inputs[1]!) : undefined;
  const constant = reshape && find.constants.get(reshape.inputs[0]!);
  const [count, ...ones] = shape ?? [];
  const fits = rank === (shape?.length ?? 0) + 1 && ones.every((side) => side === 1);
  if (constant === undefined || !fits || `${constant.shape}` !== `${count}`) return undefined;
  return { name: constant.name, count: count! };
}
