import { add, constant, div, maximum, pad, reshape, slice, type Tensor } from "@symbreak/graph";

type Join = (a: Tensor, b: Tensor) => Tensor;

/** The largest of 3 × 3 values at every second place, of images of odd height and width. */
export function maxPoolHalf(x: Tensor): Tensor {
  return everySecond(everySecond(x, 2), 3);
}

/** The largest of 3 × 3 values around each place, of values that are not negative (those outside are then 0). */
export function maxPoolSame(x: Tensor): Tensor {
  return around(x, maximum);
}

/** The mean of the values within 3 × 3 around each place; outside there are none, and none are counted. */
export function averagePoolInside(x: Tensor): Tensor {
  const [, , height, width] = x.shape as [number, number, number, number];
  const reach = (i: number, n: number) => Math.min(i + 1, n - 1) - Math.max(i - 1, 0) + 1;
  const counts = Float32Array.from(
    { length: height * width },
    (_, at) => reach(Math.floor(at / width), height) * reach(at % width, width),
  );
  return div(around(x, add), constant(counts, [1, 1, height, width]));
}

/** Joins the 3 × 3 values around each place, with zeros outside: first along columns, then along rows. */
function around(x: Tensor, join: Join): Tensor {
  const framed = pad(x, [0, 0, 1, 1], [0, 0, 1, 1]);
  return [2, 3].reduce((y, axis) => {
    const size = y.shape.map((n, i) => (i === axis ? n - 2 : n));
    const [a, b, c] = [0, 1, 2].map((from) =>
      slice(
        y,
        y.shape.map((_, i) => (i === axis ? from : 0)),
        size,
      ),
    );
    return join(join(a!, b!), c!);
  }, framed);
}

/** The largest of places 2i, 2i + 1 and 2i + 2 along an axis of 2m + 1: m of them. */
function everySecond(x: Tensor, axis: number): Tensor {
  const m = (x.shape[axis]! - 1) / 2;
  const pairsFrom = (first: number): Tensor => {
    const size = x.shape.map((n, i) => (i === axis ? 2 * m : n));
    const begin = x.shape.map((_, i) => (i === axis ? first : 0));
    const split = size.flatMap((n, i) => (i === axis ? [m, 2] : [n]));
    return reshape(slice(x, begin, size), split);
  };
  const pick = (pairs: Tensor, which: 0 | 1): Tensor => {
    const begin = pairs.shape.map((_, i) => (i === axis + 1 ? which : 0));
    const size = pairs.shape.map((n, i) => (i === axis + 1 ? 1 : n));
    const whole = x.shape.map((n, i) => (i === axis ? m : n));
    return reshape(slice(pairs, begin, size), whole);
  };
  const [here, next] = [pairsFrom(0), pairsFrom(1)];
  return maximum(maximum(pick(here, 0), pick(here, 1)), pick(next, 1));
}
