import {
  add,
  groupNorm,
  input,
  matmul,
  mul,
  type Program,
  program,
  reshape,
  softmax,
  type Tensor,
  transpose,
} from "../../src/index.ts";
import { uniform } from "./random.ts";

export const CHANNELS = 12;
export const SIDE = 5;

/** A normalised image whose pixels attend to each other, in heads, along an axis of the logits. */
export function attending(batch: number, heads: number, axis = -1): Program {
  const x = input("x", [batch, CHANNELS, SIDE, SIDE]);
  const [scale, shift] = [input("scale", [CHANNELS]), input("shift", [CHANNELS])];
  const normal = groupNorm(x, { groups: 4, scale, shift });
  const pixels = transpose(reshape(normal, [batch, CHANNELS, SIDE ** 2]), [0, 2, 1]);
  const byHead = (t: Tensor): Tensor =>
    heads === 1
      ? t
      : transpose(reshape(t, [batch, SIDE ** 2, heads, CHANNELS / heads]), [0, 2, 1, 3]);
  const [q, k, v] = ["q", "k", "v"].map((name) =>
    byHead(matmul(pixels, input(name, [CHANNELS, CHANNELS]))),
  ) as [Tensor, Tensor, Tensor];
  const logits = mul(matmul(q, k, { transposeB: true }), 0.37);
  const mixed = matmul(softmax(logits, axis), v);
  const joined =
    heads === 1 ? mixed : reshape(transpose(mixed, [0, 2, 1, 3]), [batch, SIDE ** 2, CHANNELS]);
  return program({ y: add(joined, pixels) });
}

/** Its weights. */
export const weights: Record<string, Float64Array> = Object.fromEntries(
  ["scale", "shift", "q", "k", "v"].map((name, i) => [
    name,
    uniform(i < 2 ? [CHANNELS] : [CHANNELS, CHANNELS], i + 1, -1, 1.5),
  ]),
);
