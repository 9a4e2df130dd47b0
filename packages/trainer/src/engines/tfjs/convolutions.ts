import type { Kernels, Shape } from "@symbreak/graph";
import { compositeConvolutions } from "./composite-convolutions.ts";
import { type Held, held, inForm, plain, type Tf, type TfTensor } from "./held.ts";

/** The three convolutions of images [n, h, w, c] with filters [kh, kw, c, o], without padding. */
export interface Convolutions {
  forward(x: TfTensor, filter: TfTensor, stride: number): TfTensor;
  /** → [...shape], the images' gradient. */
  input(dy: TfTensor, filter: TfTensor, stride: number, shape: Shape): TfTensor;
  /** → [...shape], the filter's gradient. */
  filter(x: TfTensor, dy: TfTensor, stride: number, shape: Shape): TfTensor;
}

type Names = "conv2d" | "conv2dInputGradient" | "conv2dFilterGradient";

/** Padding is taken off: Tf's own is not the same at strides above 1, and its gradients know no other. */
export function convolutionKernels(tf: Tf): Pick<Kernels<Held>, Names> {
  const convolutions = (): Convolutions =>
    tf.getBackend() === "wasm" ? compositeConvolutions(tf) : nativeConvolutions(tf);
  const lastFirst = (value: Held, shape: Shape): TfTensor =>
    tf.transpose(plain(tf, value, shape), [2, 3, 1, 0]);
  return {
    conv2d: ([x, filter, bias], { stride, padding }, { inputs: [from, by] }) => {
      const [top, left, bottom, right] = padding;
      const images = inForm(tf, x!, from!.shape, 1);
      const framed = frame(tf, images, top, left, bottom, right);
      const y = convolutions().forward(framed, lastFirst(filter!, by!.shape), stride);
      return [held(1, bias ? tf.add(y, bias.forms[0]!) : y)];
    },
    conv2dInputGradient: ([dy, filter], { stride, padding, size }, { inputs: [from, by] }) => {
      const [top, left, bottom, right] = padding;
      const cotangent = inForm(tf, dy!, from!.shape, 1);
      const [n, c] = [from!.shape[0]!, by!.shape[1]!];
      const framed = [n, size[0] + top + bottom, size[1] + left + right, c];
      const dx = convolutions().input(cotangent, lastFirst(filter!, by!.shape), stride, framed);
      return [held(1, tf.slice(dx, [0, top, left, 0], [n, ...size, c]))];
    },
    conv2dFilterGradient: ([x, dy], { stride, padding, kernel }, { inputs: [from, to] }) => {
      const [top, left, bottom, right] = padding;
      const framed = frame(tf, inForm(tf, x!, from!.shape, 1), top, left, bottom, right);
      const cotangent = inForm(tf, dy!, to!.shape, 1);
      const shape = [...kernel, from!.shape[1]!, to!.shape[1]!];
      const filter = convolutions().filter(framed, cotangent, stride, shape);
      return [held(0, tf.transpose(filter, [3, 2, 0, 1]))];
    },
  };
}

/** TensorFlow's own kernels. */
function nativeConvolutions(tf: Tf): Convolutions {
  const run = (name: string, inputs: object, stride: number, attributes: object): TfTensor => {
    const common = { strides: [stride, stride], pad: "valid", dataFormat: "NHWC" };
    return tf.engine().runKernel(name, inputs as never, { ...common, ...attributes });
  };
  return {
    forward: (x, filter, stride) => run("Conv2D", { x, filter }, stride, { dilations: [1, 1] }),
    input: (dy, filter, stride, inputShape) =>
      run("Conv2DBackpropInput", { dy, filter }, stride, { inputShape }),
    filter: (x, dy, stride, filterShape) =>
      run("Conv2DBackpropFilter", { x, dy }, stride, { filterShape }),
  };
}

/** Zeros around images. */
function frame(
  tf: Tf,
  x: TfTensor,
  top: number,
  left: number,
  bottom: number,
  right: number,
): TfTensor {
  if (top + left + bottom + right === 0) return x;
  return tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}
