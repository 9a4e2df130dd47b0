import { type Kernels, type Shape, sizeOf } from "@symbreak/graph";
import { formOf, type Held, held, plain, type Tf, type TfTensor } from "./held.ts";

type Names = "softmax" | "logSoftmax" | "groupNorm";

export function normaliserKernels(tf: Tf): Pick<Kernels<Held>, Names> {
  return {
    softmax: ([x], { axis }, { inputs: [from] }) => [
      held(0, alongLast(tf, plain(tf, x!, from!.shape), axis, tf.softmax)),
    ],
    logSoftmax: ([x], { axis }, { inputs: [from] }) => [
      held(0, alongLast(tf, plain(tf, x!, from!.shape), axis, tf.logSoftmax)),
    ],
    groupNorm: ([x, scale, shift], { groups, epsilon }, { inputs: [from] }) => {
      const { shape } = from!;
      const [n, c] = shape as [number, number];
      // Channels as axis 2 of [n, pixels, c], or axis 1 of [n, c, pixels].
      const form = formOf(x!) > 0 ? 1 : 0;
      const pixels = sizeOf(shape.slice(2));
      const as: Shape = form ? [n, pixels, c] : [n, c, pixels];
      const [pixelAxis, vector] = form ? [1, [1, 1, c]] : [2, [1, c, 1]];
      const perChannel = (t: TfTensor): TfTensor => tf.reshape(t, vector);
      const groupMean = (t: TfTensor): TfTensor => {
        const sums = tf.reshape(tf.sum(t, pixelAxis), [n, groups, c / groups]);
        return tf.div(tf.sum(sums, 2, true), (pixels * c) / groups);
      };
      const spread = (t: TfTensor): TfTensor =>
        tf.reshape(tf.tile(t, [1, 1, c / groups]), form ? [n, 1, c] : [n, c, 1]);

      const images = x!.forms[form]!;
      const centred = tf.sub(
        tf.reshape(images, [...as]),
        spread(groupMean(tf.reshape(images, [...as]))),
      );
      const inverse = tf.rsqrt(tf.add(groupMean(tf.square(centred)), epsilon));
      const normal = tf.mul(centred, spread(inverse));
      const y = tf.add(
        tf.mul(normal, perChannel(plain(tf, scale!, [c]))),
        perChannel(plain(tf, shift!, [c])),
      );
      return [
        held(form, tf.reshape(y, images.shape)),
        held(form, tf.reshape(normal, images.shape)),
        held(0, tf.reshape(inverse, [n, groups])),
      ];
    },
  };
}

/** TensorFlow.js has softmax along the last axis only. */
function alongLast(tf: Tf, x: TfTensor, axis: number, f: (x: TfTensor) => TfTensor): TfTensor {
  if (axis === x.rank - 1) return f(x);
  const swap = Array.from({ length: x.rank }, (_, i) => i);
  [swap[axis], swap[x.rank - 1]] = [x.rank - 1, axis];
  return tf.transpose(f(tf.transpose(x, swap)), swap);
}
