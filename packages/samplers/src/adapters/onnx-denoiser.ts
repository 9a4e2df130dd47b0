import {
  invalid,
  type NoiseLevel,
  noiseToSignal,
  type Prediction,
  type Samples,
} from "@symbreak/core";
import { classOf } from "../condition.ts";
import type { Asked, Denoiser } from "../denoiser.ts";
import { sizeOf } from "../size-of.ts";
import {
  floatsOf,
  type OnnxTensor,
  type OnnxTensorConstructor,
  type OnnxType,
  onnxTensor,
} from "./onnx-tensor.ts";

/** The part of onnxruntime's `InferenceSession` that we use, the same in -web and -node. */
export interface OnnxSession<Tensor extends OnnxTensor> {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Set where several runs at once are faster than one (processes behind it): the samples that each run should have. Batches are
   * then cut, and the runs asked for together.
   */
  readonly rowsAtOnce?: number | undefined;
  run(feeds: Record<string, Tensor>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

type Scaling =
  | "vp"
  | "none"
  | { readonly sigmaData: number; readonly negative?: boolean | undefined };

/** How a conditional network is told the class of each sample. */
export interface OnnxClasses {
  readonly input: string;
  /** The label that stands for no class; without one every sample must have a class. */
  readonly none?: number | undefined;
  /** What the network is told of class k is this times k. Default 1. */
  readonly scale?: number | undefined;
}

/** What a network expects and returns. */
export interface OnnxDenoiserOptions<Tensor extends OnnxTensor> {
  /** `ort.Tensor`, of the runtime that made the session. */
  readonly Tensor: OnnxTensorConstructor<Tensor>;
  /** Of one sample: `[channels, height, width]`. */
  readonly shape: readonly number[];
  /** Default "epsilon"; with EDM's scaling the network itself is not asked. */
  readonly predicts?: Prediction;
  /** Set when the output has twice the channels. */
  readonly variance?: "learned" | "learnedRange";
  /**
   * How x reaches the network. "vp" (default): with unit variance per the level, x/√(alpha² + sigma²), as DDPMs were
   * trained, whatever the solver's scale. "none": as it is (VE, NCSN). `{ sigmaData }`: EDM's preconditioning around the
   * raw network F (Karras et al. 2022, table 1), c_in, c_skip and c_out; its timesteps are ln(sigma)/4. `negative`: the
   * network returns −F, "v_prediction" in diffusers.
   */
  readonly scaling?: Scaling;
  /** Element types of the inputs, where they are not float32 (labels: int64). To integers times are rounded. */
  readonly types?: {
    readonly sample?: "float32" | "float16" | undefined;
    readonly timestep?: OnnxType | undefined;
    readonly classes?: OnnxType | undefined;
  };
  /** Dimensions of the timestep input: one a sample (default), `[1]`, or a scalar. */
  readonly timestepShape?: "batch" | "single" | "scalar";
  /** Most samples in one run of the session; larger batches are split. Default `rowsAtOnce` of the session, else all. */
  readonly batch?: number;
  /** The number of samples that the file takes, no more and no fewer: a smaller batch is filled up with zeros. */
  readonly fixedBatch?: number | undefined;
  /** Names where they are not the first input, the second, and the first output. */
  readonly names?: {
    readonly sample?: string;
    readonly timestep?: string;
    readonly output?: string;
  };
  /** The input of class labels of a conditional network. */
  readonly classes?: OnnxClasses;
  /** Further inputs, of so many samples; `asked` has their numbers. */
  readonly feeds?: (count: number, asked: Asked) => Readonly<Record<string, Tensor>>;
}

/**
 * A network on onnxruntime as a denoiser, in the browser and in Node; the runtime is yours to import.
 *
 * @example
 * import * as ort from "onnxruntime-node";
 * const session = await ort.InferenceSession.create("unet.onnx");
 * const denoiser = onnxDenoiser(session, { Tensor: ort.Tensor, shape: [1, 28, 28] });
 */
export function onnxDenoiser<Tensor extends OnnxTensor>(
  session: OnnxSession<Tensor>,
  options: OnnxDenoiserOptions<Tensor>,
): Denoiser {
  const { shape, variance, scaling = "vp", fixedBatch, types = {} } = options;
  const { rowsAtOnce = Number.POSITIVE_INFINITY } = session;
  const { batch = fixedBatch ?? rowsAtOnce } = options;
  if (!(batch >= 1)) throw invalid("onnxDenoiser", "batch must be at least 1", batch);
  if (typeof scaling === "object" && variance !== undefined)
    throw invalid("onnxDenoiser", "variance must not be set with EDM's scaling", variance);
  const size = sizeOf(shape);
  const width = variance === undefined ? size : 2 * size;
  const names = {
    sample: options.names?.sample ?? session.inputNames[0] ?? "",
    timestep: options.names?.timestep ?? session.inputNames[1] ?? "",
    output: options.names?.output ?? session.outputNames[0] ?? "",
  };
  for (const name of [names.sample, names.timestep])
    if (!session.inputNames.includes(name))
      throw invalid(
        "onnxDenoiser",
        `names must be of the session's inputs [${session.inputNames}]`,
        name,
      );
  if (!session.outputNames.includes(names.output))
    throw invalid(
      "onnxDenoiser",
      `names.output must be one of [${session.outputNames}]`,
      names.output,
    );

  const ask = async (
    x: Float32Array,
    level: NoiseLevel,
    asked: Asked,
    told: Float32Array | undefined,
  ): Promise<Float32Array> => {
    const count = fixedBatch ?? x.length / size;
    const rows = fixedBatch === undefined ? x : filled(x, count * size);
    const outputs = await session.run({
      ...options.feeds?.(count, asked),
      ...(options.classes &&
        told && {
          [options.classes.input]: onnxTensor(
            options.Tensor,
            types.classes ?? "int64",
            filled(told, count),
            [count],
          ),
        }),
      [names.sample]: onnxTensor(options.Tensor, types.sample ?? "float32", rows, [
        count,
        ...shape,
      ]),
      [names.timestep]: timesteps(options, level.timestep, count),
    });
    const data = floatsOf(outputs[names.output]?.data);
    if (data === undefined || data.length !== count * width)
      throw invalid(
        "onnxDenoiser",
        `the session must return ${count * width} float32 values as "${names.output}"${data?.length === 2 * count * width ? " (twice as many are a learned variance: set variance)" : ""}`,
        data?.length ?? outputs[names.output]?.data,
      );
    return data.subarray(0, (x.length / size) * width);
  };

  /** The answers for all rows, each told its label. */
  const answer = async (
    x: Samples,
    level: NoiseLevel,
    asked: Asked,
    told: Float32Array | undefined,
  ): Promise<Float32Array> => {
    const ofInput = inputFactor(scaling, level);
    const out = new Float32Array((x.length / size) * width);
    const stride = Math.min(batch * size, x.length);
    const run = async (at: number): Promise<void> => {
      asked.signal?.throwIfAborted();
      const scaled = Float32Array.from(x.subarray(at, at + stride));
      if (ofInput !== 1) for (let i = 0; i < scaled.length; i++) scaled[i] = ofInput * x[at + i]!;
      const [first, count] = [at / size, scaled.length / size];
      const rows = { ...asked, samples: rowsOf(asked.samples, first, count) };
      const own = told?.subarray(first, first + count);
      out.set(await ask(scaled, level, rows, own), first * width);
    };
    const begins = Array.from({ length: Math.ceil(x.length / stride) }, (_, k) => k * stride);
    if (session.rowsAtOnce !== undefined) await Promise.all(begins.map(run));
    else for (const at of begins) await run(at);
    if (typeof scaling === "object") precondition(out, x, level, scaling);
    return out;
  };
  const { classes } = options;
  const labelled = (x: Samples, asked: Asked) => classes && labels(classes, x.length / size, asked);

  return {
    shape,
    predicts: typeof scaling === "object" ? "sample" : (options.predicts ?? "epsilon"),
    ...(variance === undefined ? {} : { variance }),
    predict: (x, level, asked = {}) => answer(x, level, asked, labelled(x, asked)),
    ...(classes?.none !== undefined && {
      async predictBoth(x: Samples, level: NoiseLevel, asked: Asked = {}) {
        const told = labelled(x, asked)!;
        const { samples } = asked;
        const doubled = await answer(
          twice(x, x),
          level,
          { ...asked, samples: samples && twice(samples, samples) },
          twice(told, labelled(x, { ...asked, condition: undefined })!),
        );
        const half = doubled.length / 2;
        return [doubled.subarray(0, half), doubled.subarray(half)] as const;
      },
    }),
  };
}

/** One batch behind the other. */
function twice(first: ArrayLike<number>, second: ArrayLike<number>): Float32Array {
  const out = new Float32Array(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
}

function inputFactor(scaling: Scaling, { alpha, sigma }: NoiseLevel): number {
  if (scaling === "none") return 1;
  if (scaling !== "vp") return 1 / (alpha * Math.hypot(sigma / alpha, scaling.sigmaData));
  const norm = Math.hypot(alpha, sigma);
  return Math.abs(norm - 1) < 1e-9 ? 1 : 1 / norm;
}

/** EDM's D = c_skip · x + c_out · F, in place of F. */
function precondition(
  out: Float32Array,
  x: Samples,
  level: NoiseLevel,
  { sigmaData, negative = false }: Extract<Scaling, object>,
): void {
  const sigma = noiseToSignal(level);
  const norm = Math.hypot(sigma, sigmaData);
  const ofSkip = (sigmaData / norm) ** 2 / level.alpha;
  const ofOutput = ((negative ? -1 : 1) * sigma * sigmaData) / norm;
  for (let i = 0; i < out.length; i++) out[i] = ofSkip * x[i]! + ofOutput * out[i]!;
}

function timesteps<Tensor extends OnnxTensor>(
  { Tensor, types = {}, timestepShape = "batch" }: OnnxDenoiserOptions<Tensor>,
  timestep: number,
  count: number,
): Tensor {
  const length = timestepShape === "batch" ? count : 1;
  const dims = timestepShape === "scalar" ? [] : [length];
  return onnxTensor(
    Tensor,
    types.timestep ?? "float32",
    new Float32Array(length).fill(timestep),
    dims,
  );
}

/** Zeros behind the values, so that there are `length`. */
function filled(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const out = new Float32Array(length);
  out.set(values);
  return out;
}

function rowsOf(
  samples: ArrayLike<number> | undefined,
  first: number,
  count: number,
): ArrayLike<number> | undefined {
  return samples && Array.from({ length: count }, (_, i) => samples[first + i]!);
}

/** The labels of the samples by their numbers. */
function labels(
  { none, scale = 1 }: OnnxClasses,
  count: number,
  { samples, condition }: Asked,
): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    if (condition !== undefined && samples === undefined)
      throw invalid("onnxDenoiser", "samples must be given with a condition", samples);
    const own = condition && classOf(condition, samples![i]!);
    const label = own == null ? none : scale * own;
    if (label === undefined)
      throw invalid("onnxDenoiser", "a condition must give every sample a class", condition);
    return label;
  });
}
