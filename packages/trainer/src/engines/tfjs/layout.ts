import { type Kernels, type Shape, sizeOf } from "@symbreak/graph";
import {
  commonForm,
  formOf,
  type Held,
  held,
  inForm,
  isTrivial,
  orderOf,
  permute,
  plain,
  type Tf,
} from "./held.ts";

type Names =
  | "constant"
  | "reshape"
  | "transpose"
  | "slice"
  | "pad"
  | "concat"
  | "broadcastTo"
  | "sum"
  | "gather"
  | "oneHot";

export function layoutKernels(tf: Tf): Pick<Kernels<Held>, Names> {
  return {
    constant: (_, { values, shape, dtype }) => [
      held(0, tf.tensor(Array.from(values), [...shape], dtype)),
    ],
    reshape: ([x], { shape }, { inputs: [from] }) => {
      const value: Held = { forms: [] };
      for (const [form, tensor] of x!.forms.entries()) {
        const to = tensor && reshapedForm(from!.shape, shape, form);
        if (to === undefined || value.forms[to]) continue;
        const order = orderOf(shape.length, to);
        value.forms[to] = tf.reshape(
          tensor!,
          order.map((axis) => shape[axis]!),
        );
      }
      if (value.forms.length > 0) return [value];
      return [held(0, tf.reshape(plain(tf, x!, from!.shape), [...shape]))];
    },
    // Whichever form lies as the result should needs no transposition.
    transpose: ([x], { order }) => {
      const perms = x!.forms.map((_, form) => {
        const axes = orderOf(order.length, form);
        return order.map((axis) => axes.indexOf(axis));
      });
      const free = x!.forms.findIndex((t, form) => t && isTrivial(t.shape, perms[form]!));
      const form = free >= 0 ? free : formOf(x!);
      return [held(0, permute(tf, x!.forms[form]!, perms[form]!))];
    },
    slice: ([x], { begin, size }) => {
      const form = formOf(x!);
      const axes = orderOf(size.length, form);
      const [at, count] = [begin, size].map((list) => axes.map((axis) => list[axis]!));
      return [held(form, tf.slice(x!.forms[form]!, at!, count!))];
    },
    pad: ([x], { before, after }) => {
      const form = formOf(x!);
      const frame = orderOf(before.length, form).map((axis) => [before[axis]!, after[axis]!]);
      return [held(form, tf.pad(x!.forms[form]!, frame as [number, number][]))];
    },
    concat: (parts, { axis }, { inputs }) => {
      const shapes = inputs.map(({ shape }) => shape);
      const form = commonForm(parts, shapes);
      const tensors = parts.map((part, i) => inForm(tf, part, shapes[i]!, form));
      return [held(form, tf.concat(tensors, orderOf(shapes[0]!.length, form).indexOf(axis)))];
    },
    broadcastTo: ([x], { shape }, { inputs: [from] }) => {
      const form = from!.shape.length === shape.length ? formOf(x!) : 0;
      const to = orderOf(shape.length, form).map((axis) => shape[axis]!);
      return [held(form, tf.broadcastTo(inForm(tf, x!, from!.shape, form), to))];
    },
    sum: ([x], { axes, keepDims }, { inputs: [from] }) => {
      const form = summedForm(from!.shape.length, axes, formOf(x!), keepDims);
      const of = form === undefined ? 0 : formOf(x!);
      const order = orderOf(from!.shape.length, of);
      const over = axes.map((axis) => order.indexOf(axis));
      return [held(form ?? 0, tf.sum(inForm(tf, x!, from!.shape, of), over, keepDims))];
    },
    gather: ([table, indices], _, { inputs: [rows, at] }) => [
      held(0, tf.gather(plain(tf, table!, rows!.shape), plain(tf, indices!, at!.shape) as never)),
    ],
    // Not tf.oneHot, which is wrong on WebAssembly for more than one axis of indices.
    oneHot: ([indices], { depth }, { inputs: [from] }) => {
      const rows = tf.expandDims(plain(tf, indices!, from!.shape), -1);
      return [held(0, tf.cast(tf.equal(rows, tf.range(0, depth, 1, "int32")), "float32"))];
    },
  };
}

/** The form in which a reshaped value lies unmoved: the batch must stay, and channels and pixels keep to themselves. */
function reshapedForm(from: Shape, to: Shape, form: number): number | undefined {
  if (form === 0) return 0;
  if (from[0] !== to[0]) return undefined;
  const channels = sizeOf(from.slice(1, 1 + form));
  for (let k = 1; k < to.length; k++) {
    if (sizeOf(to.slice(1, 1 + k)) === channels) return k;
  }
  return undefined;
}

/** The form of a sum that is taken in a form; none where the axes left over would be out of order. */
function summedForm(
  rank: number,
  axes: readonly number[],
  form: number,
  keepDims: boolean,
): number | undefined {
  if (form === 0 || keepDims) return form;
  const left = orderOf(rank, form).filter((axis) => !axes.includes(axis));
  const channels = left.filter((axis) => axis >= 1 && axis <= form).length;
  const others = left.filter((axis) => axis > form).length;
  if (channels === 0 || others === 0) return 0;
  return left[0] === 0 ? channels : undefined;
}
