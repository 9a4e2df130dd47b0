import type { Kernels } from "../evaluate.ts";
import { type Shape, sizeOf } from "../tensor.ts";
import { broadcastMap } from "./index-map.ts";
import type { Value } from "./value.ts";

export const normaliserKernels: Pick<Kernels<Value>, "softmax" | "logSoftmax" | "groupNorm"> = {
  softmax: ([x], { axis }, { inputs: [from] }) => [softmaxAlong(x!, from!.shape, axis, false)],
  logSoftmax: ([x], { axis }, { inputs: [from] }) => [softmaxAlong(x!, from!.shape, axis, true)],
  groupNorm: ([x, scale, shift], { groups, epsilon }, { inputs: [from] }) => {
    const [n, c] = from!.shape as [number, number];
    const count = x!.length / (n * groups);
    const normal = new Float64Array(x!.length);
    const inverse = new Float64Array(n * groups);
    for (let g = 0; g < inverse.length; g++) {
      const row = x!.subarray(g * count, (g + 1) * count);
      const mean = row.reduce((sum, v) => sum + v, 0) / count;
      const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / count;
      inverse[g] = 1 / Math.sqrt(variance + epsilon);
      for (let i = 0; i < count; i++) normal[g * count + i] = (row[i]! - mean) * inverse[g]!;
    }
    const channel = (i: number): number => Math.floor(i / (x!.length / (n * c))) % c;
    return [normal.map((v, i) => v * scale![channel(i)]! + shift![channel(i)]!), normal, inverse];
  },
};

function softmaxAlong(x: Value, shape: Shape, axis: number, log: boolean): Value {
  const kept = shape.map((n, i) => (i === axis ? 1 : n));
  const map = broadcastMap(kept, shape);
  const top = new Float64Array(sizeOf(kept)).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < x.length; i++) top[map[i]!] = Math.max(top[map[i]!]!, x[i]!);
  const total = new Float64Array(top.length);
  for (let i = 0; i < x.length; i++) total[map[i]!]! += Math.exp(x[i]! - top[map[i]!]!);
  const logs = x.map((v, i) => v - top[map[i]!]! - Math.log(total[map[i]!]!));
  return log ? logs : logs.map(Math.exp);
}
