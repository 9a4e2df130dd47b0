import { invalid } from "@symbreak/core";
import { add, matmul, mul, reshape, softmax, type Tensor, transpose } from "@symbreak/graph";
import type { Block } from "../block.ts";
import { applyLinear, applyNorm, layer, norm, zero } from "../layers.ts";

export interface AttentionOptions {
  readonly channels: number;
  /** Channels in a head. */
  readonly headDim: number;
  /** `null` for no norm. */
  readonly groups: number | null;
  readonly epsilon: number;
  /** What the sum is divided by, 1 by default. */
  readonly scaleFactor?: number;
}

/** Attention of each pixel to all others, beside the input: diffusers' `Attention` as its U-Nets have it. */
export function attention(name: string, options: AttentionOptions): Block {
  const { channels, headDim, groups, epsilon, scaleFactor = 1 } = options;
  const heads = channels / headDim;
  if (!Number.isInteger(heads))
    throw invalid("unet2d", `attentionHeadDim must divide ${channels} channels`, headDim);
  const at = (part: string): string => `${name}.${part}`;
  const square = [channels, channels];
  return {
    parameters: [
      ...(groups === null ? [] : norm(at("group_norm"), channels)),
      ...["to_q", "to_k", "to_v"].flatMap((part) => layer(at(part), square)),
      ...layer(at("to_out.0"), square, zero),
    ],
    apply({ parameters: p }, x) {
      const [n, c, h, w] = x.shape as [number, number, number, number];
      const normal = groups === null ? x : applyNorm(p, at("group_norm"), x, { groups, epsilon });
      const pixels = transpose(reshape(normal, [n, c, h * w]), [0, 2, 1]);
      const [q, k, v] = ["to_q", "to_k", "to_v"].map((part) =>
        byHead(applyLinear(p, at(part), pixels), heads),
      ) as [Tensor, Tensor, Tensor];
      const logits = mul(matmul(q, k, { transposeB: true }), headDim ** -0.5);
      const mixed = fromHeads(matmul(softmax(logits), v));
      const out = transpose(applyLinear(p, at("to_out.0"), mixed), [0, 2, 1]);
      const sum = add(x, reshape(out, x.shape));
      return scaleFactor === 1 ? sum : mul(sum, 1 / scaleFactor);
    },
  };
}

/** [n, pixels, c] → [n, heads, pixels, c/heads], or as it is for one head. */
function byHead(x: Tensor, heads: number): Tensor {
  const [n, pixels, c] = x.shape as [number, number, number];
  return heads === 1 ? x : transpose(reshape(x, [n, pixels, heads, c / heads]), [0, 2, 1, 3]);
}

/** The inverse of {@link byHead}. */
function fromHeads(x: Tensor): Tensor {
  if (x.shape.length === 3) return x;
  const [n, heads, pixels, c] = x.shape as [number, number, number, number];
  return reshape(transpose(x, [0, 2, 1, 3]), [n, pixels, heads * c]);
}
