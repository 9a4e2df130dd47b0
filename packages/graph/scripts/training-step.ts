import {
  add,
  div,
  gradients,
  input,
  mean,
  mul,
  type Program,
  pack,
  program,
  sizeOf,
  sqrt,
  sub,
  unpack,
} from "../src/index.ts";
import { type UNetConfig, unet, unetShapes } from "./unet.ts";

/** What a training step works on. */
export interface StepConfig extends UNetConfig {
  readonly batch: number;
  /** Height and width of the images. */
  readonly size: number;
}

const [BETA1, BETA2] = [0.9, 0.999];

/**
 * One whole training step of the U-Net as one graph: loss, gradients and Adam on one vector of parameters.
 *
 * The moments are kept unscaled, M ← β₁M + g and V ← β₂V + g², which saves two passes over them; `adamScalars` makes up
 * for it.
 */
export function trainingStep(config: StepConfig): Program {
  const { batch, image, size } = config;
  const shapes = unetShapes(config);
  const count = Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0);
  const x = input("x", [batch, image, size, size]);
  const noise = input("noise", x.shape);
  const t = input("t", [batch]);
  const [parameters, m, v] = ["parameters", "m", "v"].map((name) => input(name, [count])) as [
    never,
    never,
    never,
  ];
  const weights = unpack(parameters, shapes);
  const error = sub(unet(weights, x, t, config), noise);
  const loss = mean(mul(error, error));
  const gradient = pack(gradients(loss, Object.values(weights)));
  const nextM = add(mul(m, BETA1), gradient);
  const nextV = add(mul(v, BETA2), mul(gradient, gradient));
  const step = mul(div(nextM, add(sqrt(nextV), input("epsilon", []))), input("rate", []));
  return program({
    loss,
    "next.parameters": sub(parameters, step),
    "next.m": nextM,
    "next.v": nextV,
  });
}

/** Adam's `rate` and `epsilon` inputs at step `count`, from 1 (Kingma & Ba 2015, with the moments unscaled). */
export function adamScalars(
  count: number,
  rate = 1e-3,
  epsilon = 1e-8,
): { rate: number; epsilon: number } {
  const first = (1 - BETA1) / (1 - BETA1 ** count);
  const second = Math.sqrt((1 - BETA2) / (1 - BETA2 ** count));
  return { rate: (rate * first) / second, epsilon: epsilon / second };
}
