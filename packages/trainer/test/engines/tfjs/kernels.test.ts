import {
  add,
  averagePool,
  broadcastTo,
  cast,
  concat,
  constant,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  cos,
  div,
  equal,
  erf,
  exp,
  gather,
  gradients,
  greater,
  groupNorm,
  input,
  log,
  logSoftmax,
  matmul,
  maximum,
  minimum,
  mul,
  oneHot,
  pad,
  pow,
  program,
  relu,
  reshape,
  sigmoid,
  silu,
  sin,
  sizeOf,
  slice,
  softmax,
  softplus,
  sqrt,
  stopGradient,
  sub,
  sum,
  type Tensor,
  tanh,
  transpose,
  upsampleNearest,
  where,
} from "@symbreak/graph";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { tfjsCpu, tfjsWasm } from "../../../src/engines/tfjs/candidates.ts";
import { tfjsKernels } from "../../../src/engines/tfjs/kernels.ts";
import type { Engine, Values } from "../../../src/index.ts";
import { tfjsNode } from "../../../src/node/engines/tfjs-node.ts";
import { expectClose } from "../../support/close.ts";
import { interpreted } from "../../support/interpreted.ts";

const image = input("image", [2, 4, 7, 6]);
const other = input("other", [2, 4, 7, 6]);
const filter = input("filter", [3, 4, 3, 3]);
const point = input("point", [4, 4, 1, 1]);
const channels = input("channels", [4]);
const rows = input("rows", [3, 5]);
const indices = input("indices", [2, 2], "int32");
/** The same image with its channels last in TensorFlow's memory, as convolutions leave it. */
const last = conv2d(image, point);
const same = { stride: 1, padding: [1, 1, 1, 1] as const };
const skewed = { stride: 2, padding: [0, 1, 2, 0] as const };
const normal = (x: Tensor): Tensor => groupNorm(x, { groups: 2, scale: channels, shift: channels });
const rooted = add(mul(image, image), 0.1);

const cases: Record<string, Tensor[]> = {
  "elementwise operations": [
    ...[add, sub, mul, maximum, minimum].flatMap((f) => [
      f(image, other),
      f(last, other),
      f(other, last),
      f(last, reshape(channels, [4, 1, 1])),
      f(2, last),
    ]),
    div(image, rooted),
    div(last, rooted),
    ...[exp, sin, cos, tanh, erf, relu, sigmoid, silu, softplus, stopGradient].map((f) => f(last)),
    ...[log, sqrt].map((f) => f(rooted)),
    pow(rooted, 1.5),
    pow(last, 2),
  ],
  choices: [
    cast(greater(image, last), "float32"),
    cast(equal(indices, 1), "float32"),
    where(greater(image, 0), last, reshape(channels, [4, 1, 1])),
    cast(cast(image, "int32"), "float32"),
    gather(rows, indices),
    oneHot(indices, 3),
  ],
  layout: [
    reshape(last, [2, 2, 2, 42]),
    reshape(last, [-1]),
    reshape(last, [8, 42]),
    transpose(reshape(last, [2, 4, 42]), [0, 2, 1]),
    transpose(last, [3, 1, 0, 2]),
    slice(last, [0, 1, 2, 3], [2, 2, 4, 3]),
    pad(last, [0, 1, 0, 2], [1, 0, 3, 0]),
    concat([last, image], 1),
    concat([image, last], 3),
    broadcastTo(sum(last, [2, 3], true), [2, 4, 7, 6]),
    broadcastTo(channels, [3, 4]),
    constant([1, 2, 3]),
  ],
  sums: [
    ...[[0], [1], [2], [0, 1], [1, 2], [2, 3], [0, 2, 3], [1, 2, 3], [0, 1, 2, 3]].flatMap(
      (axes) => [sum(last, axes), sum(last, axes, true), sum(image, axes)],
    ),
    sum(reshape(last, [2, 2, 2, 42]), [3], true),
    mul(reshape(last, [2, 2, 2, 42]), sum(reshape(last, [2, 2, 2, 42]), [2, 3], true)),
    add(reshape(last, [2, 2, 2, 42]), reshape(image, [2, 2, 2, 42])),
  ],
  products: [
    matmul(rows, rows, { transposeB: true }),
    matmul(rows, rows, { transposeA: true }),
    matmul(image, last, { transposeA: true }),
    matmul(slice(image, [0, 0, 0, 0], [1, 4, 7, 6]), last, { transposeB: true }),
    matmul(last, constant(Array(12).fill(0.5), [6, 2])),
  ],
  normalisers: [
    softmax(last),
    softmax(last, 1),
    logSoftmax(last),
    logSoftmax(image, 0),
    normal(image),
    normal(last),
    normal(reshape(image, [2, 4, 42])),
    ...[image, last].flatMap((x) => gradients(sum(mul(normal(x), other)), [image, channels])),
  ],
  "pools and upsampling": [
    averagePool(image, 2),
    averagePool(last, 3),
    upsampleNearest(image, 2),
    upsampleNearest(last, 3),
  ],
  convolutions: [same, skewed, { stride: 3, padding: [0, 0, 0, 0] as const }].flatMap(
    (geometry) => {
      const y = conv2d(image, filter, { ...geometry, bias: slice(channels, [0], [3]) });
      return [
        y,
        conv2dInputGradient(sin(y), filter, { ...geometry, size: [7, 6] }),
        conv2dFilterGradient(image, sin(y), { ...geometry, kernel: [3, 3] }),
      ];
    },
  ),
  "convolutions with filters of one pixel": [
    ...gradients(sum(sin(last)), [image, point]),
    ...gradients(sum(sin(conv2d(image, point, { stride: 2 }))), [image, point]),
  ],
};

function values({ dtype, shape }: Tensor, salt: number): Values {
  if (dtype === "int32") return Int32Array.of(2, 0, 1, 2);
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
    return 2 * Math.sin(1e4 * Math.sin(i + 100 * salt));
  });
}

/** The backends that are here; natively built TensorFlow may not be. */
const engines: Engine[] = [];
for (const { name, open } of [tfjsCpu, tfjsWasm, tfjsNode]) {
  try {
    engines.push(await open({}));
  } catch (error) {
    if (name !== "tfjs-node") throw error;
  }
}

describe.each(engines)("$description", ({ compile }) => {
  test.each(Object.entries(cases))("%s give what the interpreter gives", async (_, results) => {
    const whole = program(Object.fromEntries(results.map((y, i) => [`y${i}`, y])));
    const feeds = Object.fromEntries(
      Object.entries(whole.inputs).map(([key, x], i) => [key, values(x, i)]),
    );
    const compiled = await compile(whole, { state: {} });
    expectClose(await compiled.run(feeds), interpreted(whole, {}, {}, [feeds]).outputs[0]!);
    await compiled.dispose();
  });
});

test("the cases use every operation", () => {
  const used = new Set(
    Object.values(cases).flatMap((results) =>
      program(Object.fromEntries(results.map((y, i) => [`y${i}`, y]))).nodes.map(
        ({ op }) => op.name,
      ),
    ),
  );
  used.delete("input");
  expect([...used].toSorted()).toEqual(Object.keys(tfjsKernels(tf)).toSorted());
});
