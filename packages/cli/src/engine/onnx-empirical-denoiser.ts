import { allocate, type NoiseLevel, type Samples } from "@symbreak/core";
import { add, input, matmul, mul, program, softmax } from "@symbreak/graph";
import type { Denoiser } from "@symbreak/samplers";
import type { OnnxRuntime, RunGraph } from "./onnx-runtime.ts";

/**
 * The exact denoiser of a finite set of images as one graph: softmax(x·aᵀ α/σ² − α²|a|²/2σ²)·a, an attention over the
 * training images. It does what `empiricalDenoiser` of samplers does, with the softmax on the runtime too: three times as fast.
 *
 * Single precision, of images centred on their mean. Near clean data a logit is off by up to one; there the nearest image
 * leads by thousands unless it has a near-duplicate.
 */
export function onnxEmpiricalDenoiser(
  { graph }: OnnxRuntime,
  images: Float32Array,
  shape: readonly number[],
): Denoiser {
  const size = shape.reduce((product, side) => product * side, 1);
  const count = images.length / size;
  const { mean, centred, squares } = centre(images, size);
  const graphs = new Map<number, Promise<RunGraph>>();

  function load(rows: number): Promise<RunGraph> {
    const [x, a] = [input("x", [rows, size]), input("images", [count, size])];
    const [gain, bias] = [input("gain", [1, 1]), input("bias", [1, count])];
    const logits = add(mul(matmul(x, a, { transposeB: true }), gain), bias);
    return graph(program({ denoised: matmul(softmax(logits), a) }), { images: centred });
  }

  return {
    shape,
    predicts: "sample",
    async predict(x: Samples, { alpha, sigma }: NoiseLevel): Promise<Samples> {
      const rows = x.length / size;
      const run = graphs.get(rows) ?? load(rows);
      graphs.set(rows, run);
      const moved = new Float32Array(x.length);
      for (let i = 0; i < moved.length; )
        for (let j = 0; j < size; j++, i++) moved[i] = x[i]! - alpha * mean[j]!;
      const { denoised } = await (await run)({
        x: moved,
        gain: Float32Array.of(alpha / sigma ** 2),
        bias: squares.map((square) => (-0.5 * alpha ** 2 * square) / sigma ** 2),
      });
      const out = allocate(x);
      for (let i = 0; i < out.length; )
        for (let j = 0; j < size; j++, i++) out[i] = denoised![i]! + mean[j]!;
      return out;
    },
  };
}

function centre(
  images: Float32Array,
  size: number,
): { mean: Float64Array; centred: Float32Array; squares: Float32Array } {
  const count = images.length / size;
  const mean = new Float64Array(size);
  for (let i = 0; i < images.length; )
    for (let j = 0; j < size; j++, i++) mean[j]! += images[i]! / count;
  const centred = new Float32Array(images.length);
  const squares = new Float32Array(count);
  for (let n = 0, i = 0; n < count; n++) {
    let square = 0;
    for (let j = 0; j < size; j++, i++) {
      centred[i] = images[i]! - mean[j]!;
      square += centred[i]! ** 2;
    }
    squares[n] = square;
  }
  return { mean, centred, squares };
}
