import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  broadcastTo,
  concat,
  constant,
  input,
  interpret,
  mul,
  pad,
  program,
  reshape,
  type Shape,
  slice,
  split,
  type Tensor,
  transpose,
} from "../../src/index.ts";
import { checkOperation } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";

const RUNS = { numRuns: 8 };
const shape = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
const seed = fc.integer({ min: 0, max: 1e6 });
/** Curved, so that second derivatives are not zero. */
const square = (x: Tensor): Tensor => mul(x, x);
const count = (n: number): Tensor => constant(Array.from({ length: n }, (_, i) => i));
const listed = (y: Tensor): number[] => Array.from(interpret(program({ y })).y!);

describe("reshape", () => {
  it("keeps the order of elements and is differentiated right", async () => {
    await fc.assert(
      fc.asyncProperty(shape, seed, (shape, seed) =>
        checkOperation([shape], (x) => square(reshape(x!, [...shape, -1])), { seed }),
      ),
      RUNS,
    );
    expect(listed(reshape(count(6), [3, -1]))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(reshape(count(6), [3, -1]).shape).toEqual([3, 2]);
  });

  it("refuses another number of elements", () => {
    expect(() => reshape(input("x", [2, 3]), [2, 4])).toThrow(
      "reshape: the number of elements must stay, got x [2, 3], to [2, 4]",
    );
    expect(() => reshape(input("x", [2, 3]), [4, -1])).toThrow(
      "reshape: the number of elements must stay",
    );
  });
});

describe("transpose", () => {
  const ordered = shape.chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.shuffledSubarray(
        shape.map((_, i) => i),
        { minLength: shape.length },
      ),
    ),
  );

  it("is differentiated right for every order", async () => {
    await fc.assert(
      fc.asyncProperty(ordered, seed, ([shape, order], seed) =>
        checkOperation([shape], (x) => square(transpose(x!, order)), { seed }),
      ),
      RUNS,
    );
  });

  it("takes axis i of the result from axis order[i]", () => {
    expect(listed(transpose(reshape(count(6), [2, 3]), [1, 0]))).toEqual([0, 3, 1, 4, 2, 5]);
    expect(transpose(input("x", [2, 3, 5]), [2, 0, 1]).shape).toEqual([5, 2, 3]);
    expect(() => transpose(input("x", [2, 3]), [0, 0])).toThrow(
      "transpose: the order must name every axis once, got x [2, 3], order [0, 0]",
    );
  });
});

describe("concat and split", () => {
  const cases = shape.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axis: fc.nat(shape.length - 1),
      lengths: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    }),
  );

  it("concat is differentiated right", async () => {
    await fc.assert(
      fc.asyncProperty(cases, seed, ({ shape, axis, lengths }, seed) => {
        const shapes = lengths.map((n) => shape.map((size, i) => (i === axis ? n : size)));
        return checkOperation(shapes, (...x) => square(concat(x, axis)), { seed });
      }),
      RUNS,
    );
  });

  it("split undoes concat", () => {
    fc.assert(
      fc.property(cases, seed, ({ shape, axis, lengths }, seed) => {
        const parts = lengths.map((n, i) => {
          const of = shape.map((size, k) => (k === axis ? n : size));
          return constant(uniform(of, seed + i), of);
        });
        const pieces = split(concat(parts, axis), lengths, axis - shape.length);
        expect(pieces.map(listed)).toEqual(parts.map(listed));
      }),
    );
  });

  it("they refuse what does not fit", () => {
    expect(() => concat([input("a", [2, 3]), input("b", [3, 3])], 1)).toThrow(
      "concat: types and all axes but 1 must be equal, got 0 [2, 3], 1 [3, 3]",
    );
    expect(() => concat([], 0)).toThrow("concat: there must be at least one tensor");
    expect(() => split(input("x", [5]), [2, 2], 0)).toThrow(
      "split: the lengths must add up to axis 0 of x, got lengths [2, 2], x [5]",
    );
    expect(() => split(input("x", [5]), [5], 1)).toThrow(
      "split: the axis must lie in [−1, 0], got axis 1, x [5]",
    );
  });
});

describe("slice and pad", () => {
  const window = shape.chain((shape) =>
    fc.tuple(...shape.map((n) => fc.tuple(fc.nat(n - 1), fc.nat(n)))).map((cuts) => {
      const begin = cuts.map(([from]) => from);
      return { shape, begin, size: shape.map((n, i) => 1 + (cuts[i]![1] % (n - begin[i]!))) };
    }),
  );

  it("slice is differentiated right", async () => {
    await fc.assert(
      fc.asyncProperty(window, seed, ({ shape, begin, size }, seed) =>
        checkOperation([shape], (x) => square(slice(x!, begin, size)), { seed }),
      ),
      RUNS,
    );
  });

  it("pad is differentiated right", async () => {
    const frame = shape.chain((shape) =>
      fc
        .tuple(...shape.map(() => fc.tuple(fc.nat(2), fc.nat(2))))
        .map((counts) => ({ shape, counts })),
    );
    await fc.assert(
      fc.asyncProperty(frame, seed, ({ shape, counts }, seed) => {
        const [before, after] = [counts.map(([n]) => n), counts.map(([, n]) => n)];
        return checkOperation([shape], (x) => square(pad(x!, before, after)), { seed });
      }),
      RUNS,
    );
  });

  it("they move elements to where they belong", () => {
    const x = reshape(count(6), [2, 3]);
    expect(listed(slice(x, [0, 1], [2, 2]))).toEqual([1, 2, 4, 5]);
    expect(listed(pad(x, [0, 1], [0, 0]))).toEqual([0, 0, 1, 2, 0, 3, 4, 5]);
    expect(() => slice(x, [0, 2], [2, 2])).toThrow(
      "slice: begin and begin + size must lie within x on every axis, got begin [0, 2], size [2, 2], x [2, 3]",
    );
    expect(() => pad(x, [0], [0])).toThrow(
      "pad: before and after must hold a count for every axis",
    );
  });
});

describe("broadcastTo", () => {
  it("is differentiated right", async () => {
    const cases = shape.chain((to: Shape) =>
      fc.tuple(
        fc.constant(to),
        fc.tuple(...to.map((n) => fc.constantFrom(1, n))),
        fc.nat(to.length),
      ),
    );
    await fc.assert(
      fc.asyncProperty(cases, seed, ([to, from, drop], seed) =>
        checkOperation([from.slice(drop)], (x) => square(broadcastTo(x!, to)), { seed }),
      ),
      RUNS,
    );
  });

  it("refuses axes that do not stretch", () => {
    expect(() => broadcastTo(input("x", [2]), [3])).toThrow(
      "broadcastTo: axes aligned from the last must be equal or 1, got x [2], to [3]",
    );
  });

  it("is left out before an operation that broadcasts by itself", () => {
    const [x, row] = [input("x", [2, 3]), input("row", [1, 3])];
    expect(mul(x, broadcastTo(row, [2, 3])).node.inputs[1]).toBe(row);
    const both = mul(broadcastTo(row, [2, 3]), broadcastTo(input("y", []), [2, 3]));
    expect(both.shape).toEqual([2, 3]);
  });
});
