import type { Shape } from "@symbreak/graph";
import type * as tensorflow from "@tensorflow/tfjs-core";

/** The functions of TensorFlow.js: a type of this folder alone, which no public one names. */
export type Tf = typeof tensorflow;
export type TfTensor = tensorflow.Tensor;

/**
 * A graph's value in TensorFlow.js's memory: in plain order, or with its channels last, or both.
 *
 * Graphs have channels first, and TensorFlow's convolutions want them last. Transposing images around each convolution
 * would cost half as much as the convolutions, so that values stay as they come, and are transposed when an operation
 * needs them otherwise; `forms` remembers either. `forms[0]` has the axes in the graph's order; `forms[k]` has axes
 * 1 … k, the channels, behind the others (k = 2 where group norm has cut the channels in groups).
 */
export interface Held {
  readonly forms: (TfTensor | undefined)[];
}

export function held(form: number, tensor: TfTensor): Held {
  const forms: (TfTensor | undefined)[] = [];
  forms[form] = tensor;
  return { forms };
}

/** For each axis of a form, the axis of the graph's value. */
export function orderOf(rank: number, form: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return form === 0 ? axes : [0, ...axes.slice(1 + form), ...axes.slice(1, 1 + form)];
}

/** The best form there is: channels last if possible. */
export function formOf({ forms }: Held): number {
  return forms.length - 1;
}

/** The value in a form, transposed (once) if it is not there yet. */
export function inForm(tf: Tf, value: Held, shape: Shape, form: number): TfTensor {
  const there = value.forms[form];
  if (there) return there;
  const from = value.forms[0] ? 0 : formOf(value);
  const axes = orderOf(shape.length, from);
  const perm = orderOf(shape.length, form).map((axis) => axes.indexOf(axis));
  const tensor = tf.keep(permute(tf, value.forms[from]!, perm));
  value.forms[form] = tensor;
  return tensor;
}

/** The value in the graph's own order. */
export function plain(tf: Tf, value: Held, shape: Shape): TfTensor {
  return inForm(tf, value, shape, 0);
}

/** Transposes; only reshapes where nothing moves but axes of 1. */
export function permute(tf: Tf, x: TfTensor, perm: readonly number[]): TfTensor {
  return isTrivial(x.shape, perm)
    ? tf.reshape(
        x,
        perm.map((axis) => x.shape[axis]!),
      )
    : tf.transpose(x, [...perm]);
}

/** Whether a transposition leaves all elements where they are. */
export function isTrivial(shape: Shape, perm: readonly number[]): boolean {
  const long = perm.filter((axis) => shape[axis] !== 1);
  return long.every((axis, i) => i === 0 || axis > long[i - 1]!);
}

/** The form in which the least has to be transposed, for values of one rank. */
export function commonForm(values: readonly Held[], shapes: readonly Shape[]): number {
  const forms = new Set(values.flatMap(({ forms }) => forms.flatMap((t, k) => (t ? [k] : []))));
  const cost = (form: number): number =>
    values.reduce((sum, value, i) => {
      const shape = shapes[i]!;
      const free = value.forms[form] || isTrivial(shape, orderOf(shape.length, form));
      return sum + (free ? 0 : shape.reduce((a, b) => a * b, 1));
    }, 0);
  return [...forms].sort((a, b) => cost(a) - cost(b) || b - a)[0]!;
}
