import { invalid } from "../invalid.ts";
import type { Noise } from "../noise.ts";
import { mersenneTwister } from "./mersenne-twister.ts";
import { vectorLog, vectorSinCos } from "./vector-math.ts";

/** PyTorch's CPU generator after `torch.manual_seed(seed)`. */
export interface TorchGenerator {
  /** `torch.randn(length)` in float32. */
  randn(length: number): Float32Array;
  /** `torch.rand(length)` in float32: multiples of 2^-24 in [0, 1). */
  rand(length: number): Float32Array;
}

const TWO_PI = Math.fround(2 * Math.PI);

/** From this length on randn fills its buffer in blocks of 16; below it draws pair by pair. */
const BLOCK = 16;

/**
 * The float32 numbers of PyTorch's CPU generator, for parity with Python.
 *
 * `rand` is exact. `randn` is that of PyTorch on x86 with AVX2, bit for bit from 16 elements on (other processors round
 * differently, by some 1e-6); below 16 it is exact up to the last bit of the system's logarithm, sine and cosine.
 * Sequential, unlike `philoxNoise`: the same calls in the same order give the same numbers.
 */
export function torchGenerator(seed: number): TorchGenerator {
  if (!Number.isSafeInteger(seed))
    throw invalid("torchGenerator", "seed must be a safe integer", seed);
  const next = mersenneTwister(seed);
  const uniform = () => (next() & 0xffffff) / 2 ** 24;
  const double = () => {
    const high = next();
    return ((high & 0x1fffff) * 2 ** 32 + next()) / 2 ** 53;
  };
  // The second normal of a pair waits here for the next call, across calls, as in PyTorch.
  let kept: number | undefined;
  const single = () => {
    if (kept !== undefined) {
      const value = kept;
      kept = undefined;
      return value;
    }
    const angle = 2 * Math.PI * double();
    const radius = Math.sqrt(-2 * Math.log1p(-double()));
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const block = (out: Float32Array, at: number) => {
    for (let i = at; i < at + BLOCK / 2; i++) {
      const radius = Math.fround(Math.sqrt(Math.fround(-2 * vectorLog(Math.fround(1 - out[i]!)))));
      const [sin, cos] = vectorSinCos(Math.fround(TWO_PI * out[i + BLOCK / 2]!));
      out[i] = radius * cos;
      out[i + BLOCK / 2] = radius * sin;
    }
  };
  return {
    rand: (length) => new Float32Array(length).map(uniform),
    randn(length) {
      const out = new Float32Array(length);
      if (length < BLOCK) return out.map(single);
      for (let i = 0; i < length; i++) out[i] = uniform();
      for (let at = 0; at + BLOCK <= length; at += BLOCK) block(out, at);
      if (length % BLOCK !== 0) {
        // The ragged end: 16 fresh uniforms over the last 16 slots.
        for (let i = length - BLOCK; i < length; i++) out[i] = uniform();
        block(out, length - BLOCK);
      }
      return out;
    },
  };
}

/**
 * PyTorch's noise as a {@link Noise}: each call is the next `torch.randn` of the batch's length.
 *
 * Being sequential it must be asked for its draws in order, each once; it throws otherwise.
 */
export function torchNoise(seed: number): Noise {
  const generator = torchGenerator(seed);
  let last = -1;
  return (out, _size, draw) => {
    if (!(draw > last))
      throw invalid("torchNoise", `draws must ascend (the last was ${last})`, draw);
    last = draw;
    out.set(generator.randn(out.length));
  };
}
