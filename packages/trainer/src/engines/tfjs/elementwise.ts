import type { Kernel, Kernels, Node, Shape } from "@symbreak/graph";
import {
  commonForm,
  formOf,
  type Held,
  held,
  inForm,
  orderOf,
  permute,
  plain,
  type Tf,
  type TfTensor,
} from "./held.ts";

type Names =
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
  | "cast";

export function elementwiseKernels(tf: Tf): Pick<Kernels<Held>, Names> {
  const unary =
    (f: (x: TfTensor) => TfTensor): Kernel<Held, unknown> =>
    ([x]) => [held(formOf(x!), f(x!.forms[formOf(x!)]!))];
  const binary =
    (f: (a: TfTensor, b: TfTensor) => TfTensor): Kernel<Held, unknown> =>
    (inputs, _, node) => {
      const { form, tensors } = aligned(tf, inputs, node);
      return [held(form, f(tensors[0]!, tensors[1]!))];
    };
  return {
    add: binary(tf.add),
    sub: binary(tf.sub),
    mul: binary(tf.mul),
    div: binary(tf.div),
    maximum: binary(tf.maximum),
    minimum: binary(tf.minimum),
    compare: (inputs, { relation }, node) =>
      binary(relation === "greater" ? tf.greater : tf.equal)(inputs, {}, node),
    where: (inputs, _, node) => {
      const { form, tensors } = aligned(tf, inputs, node);
      return [held(form, tf.where(tensors[0]!, tensors[1]!, tensors[2]!))];
    },

    exp: unary(tf.exp),
    log: unary(tf.log),
    sqrt: unary(tf.sqrt),
    sin: unary(tf.sin),
    cos: unary(tf.cos),
    tanh: unary(tf.tanh),
    erf: unary(tf.erf),
    relu: unary(tf.relu),
    sigmoid: unary(tf.sigmoid),
    silu: unary((x) => tf.mul(x, tf.sigmoid(x))),
    softplus: unary(tf.softplus),
    pow: (inputs, { exponent }, node) =>
      unary((x) => tf.pow(x, tf.scalar(exponent)))(inputs, {}, node),
    stopGradient: unary((x) => x),
    cast: (inputs, { dtype }, node) => unary((x) => tf.cast(x, dtype))(inputs, {}, node),
  };
}

/** Operands in one form, and with as many axes where the order of axes matters. */
function aligned(
  tf: Tf,
  inputs: readonly Held[],
  { inputs: from, outputs: [to] }: Node,
): { form: number; tensors: TfTensor[] } {
  const rank = to!.shape.length;
  const full = inputs.filter((_, i) => from[i]!.shape.length === rank);
  const shapes = from.map(({ shape }) => shape);
  const form = commonForm(
    full,
    shapes.filter((shape) => shape.length === rank),
  );
  const tensors = inputs.map((value, i) => {
    const shape = shapes[i]!;
    if (form === 0 || shape.length === 0) return plain(tf, value, shape);
    if (shape.length === rank) return inForm(tf, value, shape, form);
    return stretched(tf, plain(tf, value, shape), rank, form);
  });
  return { form, tensors };
}

/** A plain value with leading axes of 1 up to a rank, in a form. */
function stretched(tf: Tf, x: TfTensor, rank: number, form: number): TfTensor {
  const shape: Shape = [...Array<number>(rank - x.rank).fill(1), ...x.shape];
  return permute(tf, tf.reshape(x, [...shape]), orderOf(rank, form));
}
