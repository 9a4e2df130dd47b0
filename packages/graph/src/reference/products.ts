import type { Kernels } from "../evaluate.ts";
import { sizeOf } from "../tensor.ts";
import { convolve } from "./convolve.ts";
import { broadcastMap } from "./index-map.ts";
import type { Value } from "./value.ts";

export const productKernels: Pick<
  Kernels<Value>,
  "matmul" | "conv2d" | "conv2dInputGradient" | "conv2dFilterGradient"
> = {
  matmul: ([a, b], { transposeA, transposeB }, { inputs, outputs: [to] }) => {
    const [m, n] = to!.shape.slice(-2) as [number, number];
    const [aShape, bShape] = [inputs[0]!.shape, inputs[1]!.shape];
    const k = aShape.at(transposeA ? -2 : -1)!;
    const lead = to!.shape.slice(0, -2);
    const aAt = broadcastMap(aShape.slice(0, -2), lead);
    const bAt = broadcastMap(bShape.slice(0, -2), lead);
    const y = new Float64Array(sizeOf(to!.shape));
    for (let batch = 0, at = 0; batch < aAt.length; batch++) {
      for (let row = 0; row < m; row++) {
        for (let column = 0; column < n; column++, at++) {
          for (let i = 0; i < k; i++) {
            const left = aAt[batch]! * m * k + (transposeA ? i * m + row : row * k + i);
            const right = bAt[batch]! * k * n + (transposeB ? column * k + i : i * n + column);
            y[at]! += a![left]! * b![right]!;
          }
        }
      }
    }
    return [y];
  },
  conv2d: ([x, filter, bias], attributes, { inputs, outputs: [to] }) => {
    const area = to!.shape[2]! * to!.shape[3]!;
    const y = new Float64Array(sizeOf(to!.shape));
    if (bias) for (let i = 0; i < y.length; i++) y[i] = bias[Math.floor(i / area) % bias.length]!;
    convolve(inputs[0]!.shape, inputs[1]!.shape, to!.shape, attributes, (i, j, at) => {
      y[at]! += x![i]! * filter![j]!;
    });
    return [y];
  },
  conv2dInputGradient: ([dy, filter], attributes, { inputs, outputs: [to] }) => {
    const dx = new Float64Array(sizeOf(to!.shape));
    convolve(to!.shape, inputs[1]!.shape, inputs[0]!.shape, attributes, (at, j, i) => {
      dx[at]! += dy![i]! * filter![j]!;
    });
    return [dx];
  },
  conv2dFilterGradient: ([x, dy], attributes, { inputs, outputs: [to] }) => {
    const df = new Float64Array(sizeOf(to!.shape));
    convolve(inputs[0]!.shape, to!.shape, inputs[1]!.shape, attributes, (i, at, j) => {
      df[at]! += x![i]! * dy![j]!;
    });
    return [df];
  },
};
