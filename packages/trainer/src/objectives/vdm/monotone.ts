import {
  add,
  concat,
  constant,
  div,
  linear,
  maximum,
  mul,
  reshape,
  sigmoid,
  slice,
  sub,
  type Tensor,
} from "@symbreak/graph";
import { constantly, normal } from "../../initialiser.ts";
import type { ParameterSpec, Parameters } from "../../model.ts";

/** The parameters of {@link monotone}: a straight part, and a hidden layer that begins small. */
export function monotoneParameters(units: number): readonly ParameterSpec[] {
  return [
    { name: "schedule.straight", shape: [1], init: constantly(1) },
    { name: "schedule.hidden.weight", shape: [units, 1], init: normal(1) },
    { name: "schedule.hidden.bias", shape: [units], init: normal(1) },
    { name: "schedule.out.weight", shape: [1, units], init: normal(0.1) },
  ];
}

/**
 * An increasing function of t from 0 at 0 to 1 at 1, and its derivative: times [n] → [n] both.
 *
 * h(t) = |w|·t + mean over units of |o|·(2·sigmoid(|v|·(2t − 1) + b) − 1), then (h(t) − h(0))/(h(1) − h(0)) (Kingma et al. 2021, appendix H).
 */
export function monotone(
  p: Parameters,
  t: Tensor,
): { readonly fraction: Tensor; readonly slope: Tensor } {
  const n = t.shape[0]!;
  const times = reshape(concat([constant([0, 1]), t], 0), [n + 2, 1]);
  const straight = magnitude(p["schedule.straight"]!);
  const weight = magnitude(p["schedule.hidden.weight"]!);
  const out = mul(magnitude(p["schedule.out.weight"]!), 1 / weight.shape[0]!);
  const gate = sigmoid(linear(sub(mul(times, 2), 1), weight, p["schedule.hidden.bias"]!));
  const height = add(mul(times, straight), linear(sub(mul(gate, 2), 1), out));
  const rises = mul(mul(gate, sub(1, gate)), mul(reshape(weight, [1, -1]), 4));
  const rise = add(linear(rises, out), straight);
  const at = (from: number, count: number): Tensor => slice(height, [from, 0], [count, 1]);
  const whole = sub(at(1, 1), at(0, 1));
  const rest = (x: Tensor): Tensor => reshape(div(x, whole), [n]);
  return {
    fraction: rest(sub(at(2, n), at(0, 1))),
    slope: rest(slice(rise, [2, 0], [n, 1])),
  };
}

/** |x|, elementwise. */
function magnitude(x: Tensor): Tensor {
  return maximum(x, mul(x, -1));
}
