import type { Finder } from "./fused.ts";
import type { OnnxNode, OnnxTensor } from "./model.ts";

/**
 * softmax(q kᵀ s) v whose last node this is as one operator, which never holds the weights of all pairs (Dao et al. 2022) and needs no
 * heads apart; undefined for any other node.
 */
export function attentionAt(last: OnnxNode, find: Finder): OnnxNode | undefined {
  const joined = joinedHeads(last, find);
  const product = joined ?? last;
  if (product.type !== "MatMul") return undefined;
  const softmax = find.maker(product.inputs[0]!);
  const scaling = softmax?.type === "Softmax" ? find.maker(softmax.inputs[0]!) : undefined;
  const logits = scaling?.type === "Mul" ? find.maker(scaling.inputs[0]!) : undefined;
  const scale = scaling && find.constants.get(scaling.inputs[1]!);
  const turned = logits?.type === "MatMul" ? find.maker(logits.inputs[1]!) : undefined;
  if (turned?.type !== "Transpose" || scale === undefined || scale.bytes.length !== 4)
    return undefined;
  const [query, key, value] = [logits!.inputs[0]!, turned.inputs[0]!, product.inputs[1]!];
  const perm = `${turned.attributes.perm}`;
  const parts =
    joined === undefined
      ? { heads: 1, inputs: [query, key, value], perm: "0,2,1", axis: 2 }
      : { ...apart([query, key, value], find), perm: "0,1,3,2", axis: 3 };
  if (perm !== parts.perm || softmax!.attributes.axis !== parts.axis) return undefined;
  if (parts.heads === undefined) return undefined;
  return {
    type: "MultiHeadAttention",
    domain: "com.microsoft",
    inputs: parts.inputs,
    outputs: last.outputs,
    attributes: { num_heads: parts.heads, scale: { float: floatOf(scale) } },
  };
}

/** The product of heads apart whose result this Reshape puts together. */
function joinedHeads(last: OnnxNode, find: Finder): OnnxNode | undefined {
  const transpose = last.type === "Reshape" ? find.maker(last.inputs[0]!) : undefined;
  return isByHead(transpose) ? find.maker(transpose!.inputs[0]!) : undefined;
}

/** What came before [n, pixels, heads · d] was taken apart to [n, heads, pixels, d]; no heads where it was not. */
function apart(
  names: readonly string[],
  find: Finder,
): { readonly heads: number | undefined; readonly inputs: readonly string[] } {
  const reshapes = names.map((name) => {
    const transpose = find.maker(name);
    const reshape = isByHead(transpose) ? find.maker(transpose!.inputs[0]!) : undefined;
    return reshape?.type === "Reshape" ? reshape : undefined;
  });
  const shapes = new Set(reshapes.map((reshape) => reshape?.inputs[1]));
  const [shape] = shapes;
  if (shapes.size !== 1 || shape === undefined) return { heads: undefined, inputs: [] };
  return {
    heads: find.integers(shape)?.[2],
    inputs: reshapes.map((reshape) => reshape!.inputs[0]!),
  };
}

function isByHead(node: OnnxNode | undefined): boolean {
  return node?.type === "Transpose" && `${node.attributes.perm}` === "0,2,1,3";
}

function floatOf({ bytes }: OnnxTensor): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
}
