import type { Convolutions } from "./convolutions.ts";
import type { Tf, TfTensor } from "./held.ts";

/**
 * Convolutions for WebAssembly, which has no kernel for the filter's gradient and a slow one for the input's: both are
 * convolutions again.
 */
export function compositeConvolutions(tf: Tf): Convolutions {
  const convolve = (x: TfTensor, filter: TfTensor, stride: number, dilation = 1): TfTensor =>
    tf.engine().runKernel("Conv2D", { x, filter }, {
      strides: [stride, stride],
      pad: "valid",
      dataFormat: "NHWC",
      dilations: [dilation, dilation],
    } as never);

  return {
    forward: convolve,
    // dx[i] = Σ_r z[i − r] filter[r], with z = dy spread out by the stride: the flipped filter over framed z.
    input: (dy, filter, stride, shape) => {
      const [kh, kw] = filter.shape as [number, number];
      const spread = spreadOut(tf, dy, stride);
      const z = tf.pad(spread, [
        [0, 0],
        [kh - 1, shape[1]! - spread.shape[1]!],
        [kw - 1, shape[2]! - spread.shape[2]!],
        [0, 0],
      ]);
      const flipped = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
      return convolve(z, flipped, 1);
    },
    // Batch and channels change places: images [c, h, w, n], with dy as a filter of n channels that skips by the stride.
    filter: (x, dy, stride, shape) => {
      const [kh, kw, c, o] = shape as [number, number, number, number];
      if (kh === 1 && kw === 1 && stride === 1) {
        const [pixels, cotangents] = [tf.reshape(x, [-1, c]), tf.reshape(dy, [-1, o])];
        return tf.reshape(tf.matMul(pixels, cotangents, true), [...shape]);
      }
      const images = tf.transpose(x, [3, 1, 2, 0]);
      const windows = convolve(images, tf.transpose(dy, [1, 2, 0, 3]), 1, stride);
      return tf.transpose(tf.slice(windows, [0, 0, 0, 0], [c, kh, kw, o]), [1, 2, 0, 3]);
    },
  };
}

/** Zeros between pixels: [n, h, w, c] → [n, (h − 1)·stride + 1, (w − 1)·stride + 1, c]. */
function spreadOut(tf: Tf, x: TfTensor, stride: number): TfTensor {
  if (stride === 1) return x;
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const rows = tf.pad(tf.reshape(x, [n, h, 1, w * c]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const columns = tf.pad(tf.reshape(rows, [n * h * stride, w, 1, c]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const all = tf.reshape(columns, [n, h * stride, w * stride, c]);
  return tf.slice(all, [0, 0, 0, 0], [n, (h - 1) * stride + 1, (w - 1) * stride + 1, c]);
}
