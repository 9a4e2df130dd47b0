import { constant, input } from "../leaves.ts";
import { conv2d } from "../ops/conv2d.ts";
import { conv2dFilterGradient, conv2dInputGradient } from "../ops/convolutions.ts";
import { type Program, program } from "../program.ts";
import { interpret } from "../reference/interpret.ts";
import { type Shape, sizeOf } from "../tensor.ts";
import { toOnnx } from "./to-onnx.ts";

declare const probed: unique symbol;

/** The block size of a runtime's blocked convolutions. It only comes from {@link findBlockSize}. */
export interface BlockSize {
  readonly channels: number;
  readonly [probed]: true;
}

/** Loads an ONNX file into a runtime, feeds it once, and returns its outputs: a few lines around an `InferenceSession`. */
export type RunOnnx = (
  model: Uint8Array,
  inputs: Readonly<Record<string, { readonly data: Float32Array; readonly shape: Shape }>>,
) => Promise<Readonly<Record<string, ArrayLike<number>>>>;

/** AVX2 machines have blocks of 8, AVX-512 and some others of 16. */
const CANDIDATES = [8, 16];

/**
 * Finds the block size of a runtime's blocked convolutions, by computing small ones and comparing them with the
 * reference. `undefined`, for public operators only, where no size gives the right numbers or the operators are
 * missing (in onnxruntime-web always).
 *
 * A wrong size would not fail but give wrong numbers; hence `toOnnx` takes only what this returns. Pass a function that
 * runs models exactly as the training session will, and probe again for another runtime or machine.
 */
export async function findBlockSize(run: RunOnnx): Promise<BlockSize | undefined> {
  for (const channels of CANDIDATES) {
    const blockSize = { channels } as BlockSize;
    if (await agrees(probe(2 * channels), blockSize, run)) return blockSize;
  }
  return undefined;
}

/** All three convolutions with whole blocks of batch, channels and filters, and one with less than a block of channels. */
function probe(channels: number): Program {
  const x = input("x", [channels, channels, 4, 3]);
  const filter = input("filter", [channels, channels, 3, 3]);
  const thin = input("thin", [2, 3, 5, 5]);
  const thinFilter = input("thinFilter", [channels, 3, 3, 3]);
  const bias = constant(Float64Array.from({ length: channels }, (_, i) => i / channels));
  const same = { stride: 1, padding: [1, 1, 1, 1] as const };
  return program({
    forward: conv2d(x, filter, { ...same, bias }),
    strided: conv2d(thin, thinFilter, { stride: 2, padding: [0, 1, 1, 0] }),
    input: conv2dInputGradient(x, filter, { ...same, size: [4, 3] }),
    filterGradient: conv2dFilterGradient(x, x, { ...same, kernel: [3, 3] }),
  });
}

async function agrees(tried: Program, blockSize: BlockSize, run: RunOnnx): Promise<boolean> {
  const inputs = Object.fromEntries(
    Object.entries(tried.inputs).map(([name, { shape }], k) => {
      const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1.7 * i + k));
      return [name, { data, shape }];
    }),
  );
  const values = Object.fromEntries(Object.entries(inputs).map(([name, { data }]) => [name, data]));
  const expected = interpret(tried, values);
  try {
    const found = await run(toOnnx(tried, { blockSize }), inputs);
    return Object.entries(expected).every(([name, wanted]) => close(found[name]!, wanted));
  } catch {
    return false;
  }
}

/** Float32's rounding is far below this, and a wrong block size far above. */
const TOLERANCE = 1e-4;

function close(found: ArrayLike<number>, wanted: Float64Array): boolean {
  const scale = wanted.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
  return (
    found.length === wanted.length &&
    wanted.every((v, i) => Math.abs(found[i]! - v) <= TOLERANCE * scale)
  );
}
