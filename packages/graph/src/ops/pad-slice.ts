import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import { type Shape, sameShape, type Tensor } from "../tensor.ts";
import { axisOf, float } from "./checks.ts";

/** For each axis, how many zeros come before and after. */
interface PadAttributes {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** x framed with zeros: `before[i]` and `after[i]` of them on axis i. */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  const none = [...before, ...after].every((n) => n === 0) && before.length === x.shape.length;
  return none ? x : applyOne(padOp, [x], { before, after });
}

export const padOp: Operation<"pad", PadAttributes> = {
  name: "pad",
  outputs: ([x], { before, after }) => {
    const { shape } = float("pad", x!);
    const counts = [...before, ...after];
    const each = before.length === shape.length && after.length === shape.length;
    if (!each || !counts.every((n) => Number.isInteger(n) && n >= 0)) {
      throw invalid("pad", "before and after must hold a count for every axis", {
        before,
        after,
        x,
      });
    }
    return [{ shape: shape.map((n, axis) => n + before[axis]! + after[axis]!), dtype: "float32" }];
  },
  gradient: ({ inputs: [x], attributes: { before } }, [dy]) => [slice(dy!, before, x!.shape)],
  lower: ({ inputs: [x], attributes: { before, after } }, to) => [
    to.one("Pad", [to.name(x!), to.integers([...before, ...after])]),
  ],
};

/** For each axis, the first index and how many. */
interface SliceAttributes {
  readonly begin: readonly number[];
  readonly size: Shape;
}

/** The block of x that begins at `begin` and has shape `size`; one number of each for every axis. */
export function slice(x: Tensor, begin: readonly number[], size: Shape): Tensor {
  return sameShape(x.shape, size) ? x : applyOne(sliceOp, [x], { begin, size });
}

/** x cut along an axis into pieces of the given lengths, which add up to the axis. */
export function split(x: Tensor, lengths: readonly number[], axis: number): Tensor[] {
  const at = axisOf("split", x, axis);
  if (lengths.reduce((sum, n) => sum + n, 0) !== x.shape[at]) {
    throw invalid("split", `the lengths must add up to axis ${at} of x`, { lengths, x });
  }
  let offset = 0;
  return lengths.map((length) => {
    const begin = x.shape.map((_, i) => (i === at ? offset : 0));
    offset += length;
    return slice(
      x,
      begin,
      x.shape.map((n, i) => (i === at ? length : n)),
    );
  });
}

export const sliceOp: Operation<"slice", SliceAttributes> = {
  name: "slice",
  outputs: ([x], { begin, size }) => {
    const { shape, dtype } = x!;
    const inside = shape.every((n, axis) => {
      const [from, count] = [begin[axis]!, size[axis]!];
      return (
        Number.isInteger(from) &&
        Number.isInteger(count) &&
        from >= 0 &&
        count > 0 &&
        from + count <= n
      );
    });
    if (begin.length !== shape.length || size.length !== shape.length || !inside) {
      throw invalid("slice", "begin and begin + size must lie within x on every axis", {
        begin,
        size,
        x,
      });
    }
    return [{ shape: size, dtype }];
  },
  gradient: ({ inputs: [x], attributes: { begin, size } }, [dy]) => [
    pad(
      dy!,
      begin,
      x!.shape.map((n, axis) => n - begin[axis]! - size[axis]!),
    ),
  ],
  lower: ({ inputs: [x], attributes: { begin, size } }, to) => {
    const axes = x!.shape.flatMap((n, axis) => (n === size[axis] ? [] : [axis]));
    const starts = axes.map((axis) => begin[axis]!);
    const ends = axes.map((axis) => begin[axis]! + size[axis]!);
    return [
      to.one("Slice", [to.name(x!), to.integers(starts), to.integers(ends), to.integers(axes)]),
    ];
  },
};
