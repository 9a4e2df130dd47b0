import { kernelsOf } from "../simd/instantiate.ts";
import { normalKernel } from "./normal-kernel.ts";
import { philoxKernel } from "./philox-kernel.ts";

/** Counters of Philox at once: what belongs to them fills half a first-level cache. */
export const AT_ONCE = 256;

/** One memory for all calls: fill the counters, call, and read the result before the next one. */
export interface Workspace {
  /** First and third word of each counter. */
  readonly first: Uint32Array;
  readonly third: Uint32Array;
  /** Four random words a counter. */
  readonly words: Uint32Array;
  /** Four numbers a counter. */
  readonly numbers: Float64Array;
  /** Words of the first `count` counters, whose second and fourth word and whose key are these. */
  philox(count: number, second: number, fourth: number, k0: number, k1: number): void;
  /** Turns the words of the first `count` counters into standard normals. */
  normals(count: number): void;
}

const open = kernelsOf(() => ({ philox: philoxKernel(), normals: normalKernel() }));
let opened: Workspace | undefined;

export function workspace(): Workspace {
  opened ??= create();
  return opened;
}

function create(): Workspace {
  const [first, third, words, numbers] = [0, 4 * AT_ONCE, 8 * AT_ONCE, 24 * AT_ONCE];
  const { kernels, buffer } = open(numbers + 32 * AT_ONCE);
  /** Whole vectors of four counters. */
  const rounded = (count: number) => Math.ceil(count / 4) * 16;
  return {
    first: new Uint32Array(buffer, first, AT_ONCE),
    third: new Uint32Array(buffer, third, AT_ONCE),
    words: new Uint32Array(buffer, words, 4 * AT_ONCE),
    numbers: new Float64Array(buffer, numbers, 4 * AT_ONCE),
    philox: (count, second, fourth, k0, k1) =>
      kernels.philox(first, third, words, rounded(count), second, fourth, k0, k1),
    normals: (count) => kernels.normals(words, numbers, 4 * rounded(count)),
  };
}
