import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  findBlockSize,
  gradients,
  input,
  interpret,
  mul,
  program,
  sum,
  type Tensor,
} from "../../src/index.ts";
import { checkOperation, expectSame } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";
import { runModel, runOnnx } from "../support/run-onnx.ts";

const seed = fc.integer({ min: 0, max: 1e6 });
const blockSize = await findBlockSize(runModel);

interface Geometry {
  readonly stride: number;
  readonly padding: readonly [number, number, number, number];
  readonly kernel: readonly [number, number];
  /** By how much the image is larger than the kernel. */
  readonly extra: readonly [number, number];
  readonly withBias: boolean;
}

const geometry: fc.Arbitrary<Geometry> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([kh, kw]) =>
    fc.record({
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.tuple(fc.nat(kh - 1), fc.nat(kw - 1), fc.nat(kh - 1), fc.nat(kw - 1)),
      kernel: fc.constant([kh, kw] as const),
      extra: fc.tuple(fc.nat(4), fc.nat(3)),
      withBias: fc.boolean(),
    }),
  );

describe("conv2d", () => {
  it("is differentiated right for any stride, padding, kernel, size and groups", async () => {
    const cases = fc.record({
      n: fc.integer({ min: 1, max: 2 }),
      c: fc.integer({ min: 1, max: 2 }),
      o: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 2 }),
      of: geometry,
    });
    await fc.assert(
      fc.asyncProperty(cases, seed, ({ n, c, o, groups, of }, seed) => {
        const {
          kernel: [kh, kw],
          extra,
          stride,
          padding,
          withBias,
        } = of;
        const x = [n, c * groups, kh + extra[0], kw + extra[1]];
        const shapes = [x, [o * groups, c, kh, kw], ...(withBias ? [[o * groups]] : [])];
        const f = (x?: Tensor, filter?: Tensor, bias?: Tensor): Tensor =>
          conv2d(x!, filter!, { stride, padding, groups, ...(bias && { bias }) });
        return checkOperation(shapes, f, { seed });
      }),
      { numRuns: 12 },
    );
  });

  /** The result and all three gradients, for channel counts that take every lowering. */
  function training(n: number, c: number, o: number, of: Geometry) {
    const {
      kernel: [kh, kw],
      extra,
      stride,
      padding,
    } = of;
    const x = input("x", [n, c, kh + extra[0], kw + extra[1]]);
    const filter = input("filter", [o, c, kh, kw]);
    const bias = input("bias", [o]);
    const y = conv2d(x, filter, { stride, padding, bias });
    const dy = input("dy", y.shape);
    const [dx, df, db] = gradients(sum(mul(y, dy)), [x, filter, bias]) as [Tensor, Tensor, Tensor];
    const all = program({ y, dx, df, db });
    const values = Object.entries(all.inputs).map(([name, { shape }], i) => [
      name,
      uniform(shape, i + n + c),
    ]);
    return { all, values: Object.fromEntries(values) as Record<string, Float64Array> };
  }

  it("its public lowerings agree with the reference for few and many channels", async () => {
    const channels = fc.constantFrom(1, 3, 8, 12);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        channels,
        channels,
        geometry,
        async (n, c, o, of) => {
          const { all, values } = training(n, c, o, of);
          expectSame(await runOnnx(all, values), interpret(all, values));
        },
      ),
      { numRuns: 25 },
    );
  });

  it.skipIf(!blockSize)("its blocked lowerings agree with the reference", async () => {
    const b = blockSize!.channels;
    const channels = fc.constantFrom(3, b, 2 * b, b + 4);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(b, b + 1),
        channels,
        channels,
        geometry,
        async (n, c, o, of) => {
          const { all, values } = training(n, c, o, of);
          expectSame(await runOnnx(all, values, { blockSize: blockSize! }), interpret(all, values));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("names the rule and the shapes when they do not fit", () => {
    const [x, filter] = [input("x", [1, 3, 8, 8]), input("filter", [4, 2, 3, 3])];
    expect(() => conv2d(x, filter)).toThrow(
      "conv2d: the filter must take as many channels as x has, got x [1, 3, 8, 8], filter [4, 2, 3, 3], stride 1, padding [0, 0, 0, 0]",
    );
    expect(() => conv2d(x, input("filter", [4, 3, 9, 9]))).toThrow(
      "conv2d: the filter must fit into the padded image",
    );
    expect(() => conv2d(x, input("filter", [4, 3, 3, 3]), { bias: input("bias", [3]) })).toThrow(
      "conv2d: the bias must be one number for each filter, got filter [4, 3, 3, 3], bias [3]",
    );
    expect(() => conv2d(x, input("filter", [4, 1, 3, 3]), { groups: 2 })).toThrow(
      "conv2d: groups must divide the channels and the filters, got x [1, 3, 8, 8], filter [4, 1, 3, 3], groups 2",
    );
  });
});

describe("conv2dInputGradient and conv2dFilterGradient", () => {
  const same = { stride: 1, padding: [1, 1, 1, 1] } as const;

  it("are differentiated right themselves", async () => {
    const strided = { stride: 2, padding: [1, 0, 0, 1] } as const;
    await checkOperation(
      [
        [2, 3, 2, 2],
        [3, 2, 3, 2],
      ],
      (dy, filter) => conv2dInputGradient(dy!, filter!, { ...strided, size: [5, 3] }),
      { seed: 1 },
    );
    await checkOperation(
      [
        [2, 2, 5, 3],
        [2, 3, 2, 2],
      ],
      (x, dy) => conv2dFilterGradient(x!, dy!, { ...strided, kernel: [3, 2] }),
      { seed: 2 },
    );
  });

  it("want a cotangent of the convolution's shape", () => {
    expect(() =>
      conv2dInputGradient(input("dy", [1, 4, 7, 8]), input("filter", [4, 3, 3, 3]), {
        ...same,
        size: [8, 8],
      }),
    ).toThrow(
      "conv2dInputGradient: dy must have the convolution's shape [1, 4, 8, 8], got x [1, 3, 8, 8], filter [4, 3, 3, 3], dy [1, 4, 7, 8]",
    );
    expect(() =>
      conv2dFilterGradient(input("x", [1, 3, 8, 8]), input("dy", [2, 4, 8, 8]), {
        ...same,
        kernel: [3, 3],
      }),
    ).toThrow("conv2dFilterGradient: dy must have the convolution's shape [1, 4, 8, 8]");
  });
});
