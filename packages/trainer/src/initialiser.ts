import { philoxNoise, philoxUniform } from "@symbreak/core";
import { type Shape, sizeOf } from "@symbreak/graph";
import type { Model } from "./model.ts";

/** The first values of parameter number `index`: they depend on nothing but the arguments. */
export type Initialiser = (shape: Shape, seed: number | bigint, index: number) => Float32Array;

/** No sample of a run ever reaches this draw, so that weights share no random numbers with data at the same seed. */
const DRAW = 0xffffffff;

/** All the same value. */
export function constantly(value: number): Initialiser {
  return (shape) => new Float32Array(sizeOf(shape)).fill(value);
}

/** Normal with mean 0. */
export function normal(deviation: number): Initialiser {
  return (shape, seed, index) => {
    const out = new Float32Array(sizeOf(shape));
    philoxNoise(seed, [index])(out, out.length, DRAW);
    return out.map((z) => deviation * z);
  };
}

/** Uniform in (−bound, bound). */
export function uniform(bound: number): Initialiser {
  return (shape, seed, index) => {
    const out = new Float64Array(sizeOf(shape));
    philoxUniform(seed, [index])(out, out.length, DRAW);
    return Float32Array.from(out, (u) => (2 * u - 1) * bound);
  };
}

/**
 * Uniform with variance 1/mean(fan in, fan out): what DDPM's networks begin with (Ho et al. 2020; Glorot & Bengio 2010).
 * For weights [out, in] and filters [out, in, kh, kw].
 */
export const fanAverage: Initialiser = (shape, seed, index) => {
  const window = sizeOf(shape.slice(2));
  const fan = ((shape[0]! + shape[1]!) * window) / 2;
  return uniform(Math.sqrt(3 / fan))(shape, seed, index);
};

/** A network's first weights, by name. */
export function initialise(model: Model, seed: number | bigint): Record<string, Float32Array> {
  return Object.fromEntries(
    model.parameters.map(({ name, shape, init }, index) => [name, init(shape, seed, index)]),
  );
}
