import {
  add,
  concat,
  constant,
  conv2d,
  cos,
  groupNorm,
  linear,
  matmul,
  mul,
  reshape,
  type Shape,
  silu,
  sin,
  softmax,
  split,
  type Tensor,
  transpose,
  upsampleNearest,
} from "../src/index.ts";

/** A small U-Net: `base`, twice and four times as many channels at full, half and quarter resolution. */
export interface UNetConfig {
  readonly base: number;
  readonly image: number;
  readonly groups: number;
}

type Weights = Readonly<Record<string, Tensor>>;

/** The shapes of the parameters, in the order of train_step.py's `model.parameters()`. */
export function unetShapes({ base: a, image }: UNetConfig): Record<string, Shape> {
  const [b, c, time] = [2 * a, 4 * a, 4 * a];
  const shapes: Record<string, Shape> = {};
  const layer = (name: string, ...shape: number[]): void => {
    shapes[`${name}.weight`] = shape;
    shapes[`${name}.bias`] = [shape[0]!];
  };
  const block = (name: string, cin: number, cout: number): void => {
    layer(`${name}.norm1`, cin);
    layer(`${name}.conv1`, cout, cin, 3, 3);
    layer(`${name}.time`, cout, time);
    layer(`${name}.norm2`, cout);
    layer(`${name}.conv2`, cout, cout, 3, 3);
    if (cin !== cout) layer(`${name}.skip`, cout, cin, 1, 1);
  };
  layer("time1", time, a);
  layer("time2", time, time);
  layer("first", a, image, 3, 3);
  block("down1", a, a);
  layer("shrink1", a, a, 3, 3);
  block("down2", a, b);
  layer("shrink2", b, b, 3, 3);
  block("down3", b, c);
  layer("attention.norm", c);
  layer("attention.qkv", 3 * c, c);
  layer("attention.out", c, c);
  block("middle", c, c);
  block("up2", c + b, b);
  layer("grow2", b, b, 3, 3);
  block("up1", b + a, a);
  layer("norm", a);
  layer("last", image, a, 3, 3);
  return shapes;
}

/** The network: images x [n, image, h, w] (h and w divisible by 4) and times [n] → [n, image, h, w]. */
export function unet(w: Weights, x: Tensor, t: Tensor, { base, groups }: UNetConfig): Tensor {
  const norm = (h: Tensor, name: string): Tensor =>
    groupNorm(h, { groups, scale: w[`${name}.weight`]!, shift: w[`${name}.bias`]! });
  const dense = (h: Tensor, name: string): Tensor =>
    linear(h, w[`${name}.weight`]!, w[`${name}.bias`]);
  const conv = (h: Tensor, name: string, stride = 1, padding = 1): Tensor =>
    conv2d(h, w[`${name}.weight`]!, { bias: w[`${name}.bias`]!, stride, padding });

  const block = (h: Tensor, time: Tensor, name: string): Tensor => {
    const shift = dense(silu(time), `${name}.time`);
    const inner = add(
      conv(silu(norm(h, `${name}.norm1`)), `${name}.conv1`),
      reshape(shift, [...shift.shape, 1, 1]),
    );
    const skip = w[`${name}.skip.weight`] ? conv(h, `${name}.skip`, 1, 0) : h;
    return add(skip, conv(silu(norm(inner, `${name}.norm2`)), `${name}.conv2`));
  };

  const attention = (h: Tensor): Tensor => {
    const [n, c, height, width] = h.shape as [number, number, number, number];
    const pixels = transpose(reshape(norm(h, "attention.norm"), [n, c, height * width]), [0, 2, 1]);
    const [q, k, v] = split(dense(pixels, "attention.qkv"), [c, c, c], 2) as [
      Tensor,
      Tensor,
      Tensor,
    ];
    const weights = softmax(mul(matmul(q, k, { transposeB: true }), c ** -0.5));
    const out = transpose(dense(matmul(weights, v), "attention.out"), [0, 2, 1]);
    return add(h, reshape(out, h.shape));
  };

  const frequencies = Array.from({ length: base / 2 }, (_, i) => 10000 ** ((-2 * i) / base));
  const angles = mul(reshape(t, [-1, 1]), constant(frequencies));
  const time = dense(silu(dense(concat([sin(angles), cos(angles)], 1), "time1")), "time2");
  const h1 = block(conv(x, "first"), time, "down1");
  const h2 = block(conv(h1, "shrink1", 2), time, "down2");
  const h3 = block(attention(block(conv(h2, "shrink2", 2), time, "down3")), time, "middle");
  const up2 = block(concat([upsampleNearest(h3, 2), h2], 1), time, "up2");
  const up1 = block(concat([upsampleNearest(conv(up2, "grow2"), 2), h1], 1), time, "up1");
  return conv(silu(norm(up1, "norm")), "last");
}
