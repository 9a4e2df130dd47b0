import {
  add,
  concat,
  conv2d,
  div,
  gradients,
  groupNorm,
  input,
  linear,
  matmul,
  mean,
  mul,
  type Program,
  pack,
  program,
  reshape,
  type Shape,
  silu,
  sizeOf,
  softmax,
  split,
  sqrt,
  sub,
  type Tensor,
  transpose,
  unpack,
  upsampleNearest,
} from "@symbreak/graph";
import type { CompileOptions, ShardedStep, ValuesByName } from "../../src/index.ts";

const CHANNELS = 8;

const SHAPES: Readonly<Record<string, Shape>> = {
  first: [CHANNELS, 1, 3, 3],
  "first.bias": [CHANNELS],
  scale: [CHANNELS],
  shift: [CHANNELS],
  time: [CHANNELS, 1],
  down: [2 * CHANNELS, CHANNELS, 3, 3],
  qkv: [6 * CHANNELS, 2 * CHANNELS],
  up: [CHANNELS, 3 * CHANNELS, 3, 3],
  last: [1, CHANNELS, 1, 1],
};
const SIZE = Object.values(SHAPES).reduce((total, shape) => total + sizeOf(shape), 0);

/** A U-Net with one level of everything: strided convolution, attention, upsampling, skip, group norm, time. */
function unet(w: Readonly<Record<string, Tensor>>, x: Tensor, t: Tensor): Tensor {
  const h = conv2d(x, w.first!, { bias: w["first.bias"]!, padding: 1 });
  const normal = silu(groupNorm(h, { groups: 2, scale: w.scale!, shift: w.shift! }));
  const skip = add(normal, reshape(linear(reshape(t, [-1, 1]), w.time!), [-1, CHANNELS, 1, 1]));
  const low = conv2d(skip, w.down!, { stride: 2, padding: 1 });
  const [n, c, height, width] = low.shape as [number, number, number, number];
  const pixels = linear(transpose(reshape(low, [n, c, height * width]), [0, 2, 1]), w.qkv!);
  const [q, k, v] = split(pixels, [c, c, c], 2) as [Tensor, Tensor, Tensor];
  const attended = matmul(softmax(mul(matmul(q, k, { transposeB: true }), c ** -0.5)), v);
  const middle = add(low, reshape(transpose(attended, [0, 2, 1]), low.shape));
  const up = conv2d(concat([upsampleNearest(middle, 2), skip], 1), w.up!, { padding: 1 });
  return conv2d(silu(up), w.last!);
}

export const STATE: CompileOptions["state"] = {
  "next.parameters": "parameters",
  "next.m": "m",
  "next.v": "v",
};

/** A training step of it on 8 × 8 images: denoising loss, gradients, Adam. */
export function tinyStep(
  batch: number,
): { program: Program } & Required<Pick<CompileOptions, "parallel">> {
  const losses = (n: number) => {
    const parameters = input("parameters", [SIZE]);
    const w = unpack(parameters, SHAPES);
    const x = input("x", [n, 1, 8, 8]);
    const error = sub(unet(w, x, input("t", [n])), input("noise", x.shape));
    const perSample = mean(mul(error, error), [1, 2, 3]);
    const loss = mean(perSample);
    return { parameters, loss, perSample, gradient: pack(gradients(loss, Object.values(w))) };
  };
  const adam = (parameters: Tensor, gradient: Tensor): Record<string, Tensor> => {
    const m = add(mul(input("m", [SIZE]), 0.9), mul(gradient, 0.1));
    const v = add(mul(input("v", [SIZE]), 0.99), mul(mul(gradient, gradient), 0.01));
    const step = mul(div(m, add(sqrt(v), 1e-3)), input("rate", []));
    return { "next.parameters": sub(parameters, step), "next.m": m, "next.v": v };
  };
  const { parameters, gradient, ...losing } = losses(batch);
  return {
    program: program({ ...losing, ...adam(parameters, gradient) }),
    parallel: (shards): ShardedStep | undefined => {
      if (batch % shards !== 0) return undefined;
      const { loss, perSample, gradient } = losses(batch / shards);
      const averaged = input("gradient", [SIZE]);
      return {
        gradients: program({ loss, perSample, gradient }),
        update: program(adam(input("parameters", [SIZE]), averaged)),
      };
    },
  };
}

/** Weights of every sign and size, and empty moments. */
export function tinyState(): Record<string, Float32Array> {
  return {
    parameters: wave(SIZE, 1, 0.3),
    m: new Float32Array(SIZE),
    v: new Float32Array(SIZE),
  };
}

/** What step number `step` is fed. */
export function tinyFeeds(batch: number, step: number): ValuesByName {
  return {
    x: wave(batch * 64, 2 + step),
    noise: wave(batch * 64, 20 + step),
    t: wave(batch, 40 + step),
    rate: Float32Array.of(0.02 / (step + 1)),
  };
}

/** Numbers in [−scale, scale] that look random, the same for the same salt. */
function wave(length: number, salt: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.sin(1e4 * Math.sin(i + 100 * salt)));
}
