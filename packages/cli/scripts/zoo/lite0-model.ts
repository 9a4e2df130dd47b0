import { toFloat16 } from "../../../graph/src/onnx/float16.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../../../graph/src/onnx/model.ts";

/** Arrays by name, as zoo's scripts/lite0/weights.py leaves them. */
export type Lite0Weights = Readonly<
  Record<string, { readonly data: ArrayLike<number>; readonly shape: readonly number[] }>
>;

/** Height and width of what the network looks at. */
const SIDE = 64;

/** Repeats, kernel, stride, channels of the stages that are kept; the expansion is 6 but in the first. */
const STAGES = [
  [1, 3, 1, 16],
  [2, 3, 2, 24],
  [2, 5, 2, 40],
  [3, 3, 2, 80],
  [3, 5, 1, 112],
  [4, 5, 2, 192],
] as const;

const [FLOAT, INT64, FLOAT16] = [1, 7, 10];

/**
 * EfficientNet-Lite0 (Tan and Le 2019) up to its sixth stage as an ONNX model: `sample` [batch, 1 or 3, height, width] in
 * [−1, 1] to `features` [batch, 192], the means over the pixels.
 *
 * Grey images are repeated, every size is brought to 64 × 64 (bilinear between pixel centres, without smoothing), and grey
 * levels g become (g − 127)/128. Filters are stored in half precision and cast when the file is loaded.
 */
export function lite0Model(weights: Lite0Weights): OnnxModel {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const store = (name: string, type: number, shape: readonly number[], array: ArrayBufferView) => {
    initializers.push({ name, type, shape, bytes: new Uint8Array(array.buffer as ArrayBuffer) });
    return name;
  };
  const integers = (name: string, values: readonly number[]): string =>
    store(name, INT64, [values.length], BigInt64Array.from(values, BigInt));
  const scalar = (name: string, value: number): string =>
    store(name, FLOAT, [], Float32Array.of(value));
  const node = (
    type: string,
    inputs: readonly string[],
    attributes: OnnxNode["attributes"] = {},
    output: string = `${type}.${nodes.length}`,
  ): string => {
    nodes.push({ type, domain: "", inputs, outputs: [output], attributes });
    return output;
  };
  const [zero, six] = [scalar("zero", 0), scalar("six", 6)];
  const relu6 = (x: string): string => node("Clip", [x, zero, six]);

  const conv = (
    x: string,
    name: string,
    stride: number,
    side: number,
    grouped: boolean,
  ): string => {
    const { data, shape } = weights[`${name}.weight`]!;
    const bias = weights[`${name}.bias`]!;
    const half = store(`${name}.weight`, FLOAT16, shape, toFloat16(data));
    const filter = node("Cast", [half], { to: FLOAT });
    const added = store(`${name}.bias`, FLOAT, bias.shape, Float32Array.from(bias.data));
    const attributes = {
      strides: [stride, stride],
      pads: samePadding(side, shape[2]!, stride),
      group: grouped ? shape[0]! : 1,
    };
    return node("Conv", [x, filter, added], attributes);
  };

  const colour = node("Expand", ["sample", integers("colours", [1, 3, 1, 1])]);
  const leading = node("Shape", [colour], { start: 0, end: 2 });
  const sizes = node("Concat", [leading, integers("side", [SIDE, SIDE])], { axis: 0 });
  const bilinear = { mode: "linear", coordinate_transformation_mode: "half_pixel" };
  const resized = node("Resize", [colour, "", "", sizes], bilinear);
  // (127.5 x + 127.5 − 127)/128, of x in [−1, 1].
  const stretched = node("Mul", [resized, scalar("factor", 127.5 / 128)]);
  const image = node("Add", [stretched, scalar("offset", 0.5 / 128)]);

  let side = SIDE / 2;
  let x = relu6(conv(image, "stem", 2, SIDE, false));
  let [block, channels] = [0, 32];
  for (const [stage, [repeats, , stride, after]] of STAGES.entries())
    for (let repeat = 0; repeat < repeats; repeat++, block++) {
      const step = repeat === 0 ? stride : 1;
      const wide = stage === 0 ? x : relu6(conv(x, `${block}.expand`, 1, side, false));
      const seen = relu6(conv(wide, `${block}.depthwise`, step, side, true));
      side /= step;
      const thin = conv(seen, `${block}.project`, 1, side, false);
      x = step === 1 && channels === after ? node("Add", [x, thin]) : thin;
      channels = after;
    }
  const pooled = node("GlobalAveragePool", [x]);
  node("Flatten", [pooled], { axis: 1 }, "features");
  return {
    inputs: [{ name: "sample", dtype: "float32", shape: ["batch", "channels", "height", "width"] }],
    outputs: [{ name: "features", dtype: "float32", shape: ["batch", channels] }],
    initializers,
    nodes,
  };
}

/** TensorFlow's SAME as top, left, bottom, right: the odd row and column at the bottom and right. */
function samePadding(side: number, kernel: number, stride: number): number[] {
  const total = Math.max((Math.ceil(side / stride) - 1) * stride + kernel - side, 0);
  const before = Math.floor(total / 2);
  return [before, before, total - before, total - before];
}
