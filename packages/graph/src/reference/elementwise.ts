import type { Kernel, Kernels } from "../evaluate.ts";
import type { Node } from "../tensor.ts";
import { erf } from "./erf.ts";
import { broadcastMap } from "./index-map.ts";
import type { Value } from "./value.ts";

export const elementwiseKernels: Pick<
  Kernels<Value>,
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "maximum"
  | "minimum"
  | "compare"
  | "where"
  | "exp"
  | "log"
  | "sqrt"
  | "sin"
  | "cos"
  | "tanh"
  | "erf"
  | "relu"
  | "sigmoid"
  | "silu"
  | "softplus"
  | "pow"
  | "stopGradient"
  | "cast"
> = {
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: binary((a, b) => a * b),
  div: binary((a, b) => a / b),
  maximum: binary(Math.max),
  minimum: binary(Math.min),
  compare: (inputs, { relation }, node) =>
    binary<unknown>(relation === "greater" ? (a, b) => Number(a > b) : (a, b) => Number(a === b))(
      inputs,
      {},
      node,
    ),
  where: ([condition, a, b], _, { inputs, outputs: [y] }) => {
    const [c, i, j] = inputs.map((x) => broadcastMap(x.shape, y!.shape)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    return [Float64Array.from(c, (at, k) => (condition![at] ? a![i[k]!]! : b![j[k]!]!))];
  },

  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tanh: unary(Math.tanh),
  erf: unary(erf),
  relu: unary((x) => Math.max(x, 0)),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  silu: unary((x) => x / (1 + Math.exp(-x))),
  softplus: unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  pow: ([x], { exponent }) => [x!.map((v) => v ** exponent)],
  stopGradient: ([x]) => [x!],
  cast: ([x], { dtype }) => [
    dtype === "bool" ? x!.map((v) => Number(v !== 0)) : dtype === "int32" ? x!.map(Math.trunc) : x!,
  ],
};

function unary(f: (x: number) => number): Kernel<Value, unknown> {
  return ([x]) => [x!.map((v) => f(v))];
}

function binary<Attributes = unknown>(
  f: (a: number, b: number) => number,
): Kernel<Value, Attributes> {
  return ([a, b], _, { inputs, outputs: [y] }: Node) => {
    const [i, j] = inputs.map((x) => broadcastMap(x.shape, y!.shape)) as [Int32Array, Int32Array];
    return [Float64Array.from(i, (at, k) => f(a![at]!, b![j[k]!]!))];
  };
}
