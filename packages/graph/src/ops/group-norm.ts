import { invalid } from "../invalid.ts";
import { apply, type Operation } from "../operation.ts";
import { sizeOf, type Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { sum } from "./broadcast.ts";
import { float } from "./checks.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { sub } from "./sub.ts";

/** The number of groups that the channels are cut into, and what is added to the variance. */
interface GroupNormAttributes {
  readonly groups: number;
  readonly epsilon: number;
}

export interface GroupNormOptions {
  readonly groups: number;
  /** [c], the factor of each channel. */
  readonly scale: Tensor;
  /** [c], added to each channel. */
  readonly shift: Tensor;
  /** Added to the variance, 1e-5 by default. */
  readonly epsilon?: number;
}

/** Each group of channels of each sample to mean 0 and variance 1, then scaled and shifted: x [n, c, ...] (Wu & He 2018). */
export function groupNorm(
  x: Tensor,
  { groups, scale, shift, epsilon = 1e-5 }: GroupNormOptions,
): Tensor {
  return apply(groupNormOp, [x, scale, shift], { groups, epsilon })[0]!;
}

/** Outputs: the result; x̂, x before scale and shift; [n, groups], the inverse deviations. The last two serve the gradient. */
export const groupNormOp: Operation<"groupNorm", GroupNormAttributes> = {
  name: "groupNorm",
  outputs: ([x, scale, shift], { groups }) => {
    const { shape } = float("groupNorm", x!);
    const channels = shape[1];
    if (shape.length < 2 || !Number.isInteger(groups) || groups < 1 || channels! % groups !== 0) {
      throw invalid("groupNorm", "x must be [n, c, ...] and groups divide c", { x, groups });
    }
    if (![scale!, shift!].every((t) => t.shape.length === 1 && t.shape[0] === channels)) {
      throw invalid("groupNorm", "scale and shift must be one number for each channel", {
        x,
        scale,
        shift,
      });
    }
    return [
      { shape, dtype: "float32" },
      { shape, dtype: "float32" },
      { shape: [shape[0]!, groups], dtype: "float32" },
    ];
  },
  gradient: (
    { inputs: [x, scale], outputs: [, normal, inverse], attributes: { groups } },
    cotangents,
  ) => {
    const [dy, dNormal, dInverse] = cotangents;
    const [n, c] = x!.shape as [number, number];
    const inGroup = c / groups;
    const count = sizeOf(x!.shape) / (n * groups);
    const rows = (t: Tensor): Tensor => reshape(t, [n, groups, inGroup, count / inGroup]);
    const xHat = rows(normal!);
    const r = reshape(inverse!, [n, groups, 1, 1]);

    // dx = r (u − mean u − x̂ mean u x̂) for the cotangent u = t · factor of x̂, with the means from sums over channels.
    const through = (t: Tensor, factor: Tensor | number) => {
      const sums = sum(t, [3], true);
      const products = sum(mul(t, xHat), [3], true);
      const mean = (s: Tensor): Tensor => mul(sum(mul(s, factor), [2], true), mul(r, 1 / count));
      const dx = sub(mul(t, mul(r, factor)), add(mul(xHat, mean(products)), mean(sums)));
      return { dx: reshape(dx, x!.shape), sums, products };
    };

    const parts: Tensor[] = [];
    const main = dy && through(rows(dy), reshape(scale!, [1, groups, inGroup, 1]));
    if (main) parts.push(main.dx);
    if (dNormal) parts.push(through(rows(dNormal), 1).dx);
    if (dInverse) {
      const weight = mul(mul(reshape(dInverse, r.shape), mul(r, r)), -1 / count);
      parts.push(reshape(mul(xHat, weight), x!.shape));
    }
    return [
      parts.reduce((a, b) => add(a, b)),
      main && reshape(sum(main.products, [0]), [c]),
      main && reshape(sum(main.sums, [0]), [c]),
    ];
  },
  // One LayerNormalization over [n, groups, rest], which also gives the inverse deviations.
  lower: ({ inputs: [x, scale, shift], attributes: { groups, epsilon } }, to) => {
    const [n, c] = x!.shape as [number, number];
    const count = sizeOf(x!.shape) / (n * groups);
    const rows = to.one("Reshape", [to.name(x!), to.integers([n, groups, count])]);
    const ones = to.one("Expand", [to.scalar(1), to.integers([count])]);
    const [normalRows, , inverseRows] = to.emit("LayerNormalization", [rows, ones], {
      attributes: { axis: -1, epsilon: { float: epsilon } },
      outputs: 3,
    });
    const normal = to.one("Reshape", [normalRows!, to.integers(x!.shape)]);
    const inverse = to.one("Reshape", [inverseRows!, to.integers([n, groups])]);
    const channel = to.integers([c, ...x!.shape.slice(2).map(() => 1)]);
    const perChannel = (t: Tensor): string => to.one("Reshape", [to.name(t), channel]);
    const scaled = to.one("Mul", [normal, perChannel(scale!)]);
    return [to.one("Add", [scaled, perChannel(shift!)]), normal, inverse];
  },
};
