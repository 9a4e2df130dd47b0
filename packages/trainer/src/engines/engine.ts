import type { Program } from "@symbreak/graph";

/** Every engine, best first: a GPU, then the CPU's in the order of their measured speed (benchmarks/train.ts). */
export const ENGINES = [
  "tfjs-node-gpu",
  "onnxruntime-node",
  "tfjs-node",
  "onnxruntime-web",
  "tfjs-wasm",
  "tfjs-cpu",
] as const;

/** The name of an engine. */
export type EngineName = (typeof ENGINES)[number];

/** The values of an input or output, row-major. A `float32` one comes out as Float32Array, an `int32` one as Int32Array. */
export type Values = Float32Array | Int32Array;

/** Values by the name of an input or output. */
export type ValuesByName = Readonly<Record<string, Values>>;

/** Takes programs and runs them: that is all a trainer asks of TensorFlow.js or onnxruntime. */
export interface Engine {
  readonly name: EngineName;
  /** What was loaded, for the log: versions, device, threads. */
  readonly description: string;
  compile(program: Program, options: CompileOptions): Promise<Compiled>;
  /** Gives back threads and memory, those of its compiled programs too. */
  dispose(): Promise<void>;
}

export interface CompileOptions {
  /** The state: which output becomes which input of the next run, as `{ "next.parameters": "parameters" }`. */
  readonly state: Readonly<Record<string, string>>;
  /**
   * The same step for data-parallel workers, `shards` of them. Only onnxruntime-node asks for it, and goes without where
   * it is missing or `undefined` (for a batch that `shards` does not divide).
   */
  readonly parallel?: (shards: number) => ShardedStep | undefined;
}

/**
 * A training step cut in two, so that workers average their gradients in between.
 *
 * Names say where a value goes, and shapes what is done with it. An output of `gradients` that `update` takes as an
 * input is averaged over the workers. Inputs keep the names of the whole step: one with a first axis `shards` times
 * shorter than there is dealt out, one of the same shape goes to every worker. Outputs are put together the same way:
 * laid end to end where the whole step's are longer, else averaged (`gradients`) or simply the same (`update`).
 */
export interface ShardedStep {
  /** State and a part of the batch → gradients, and what each worker says of its part (loss, perSample). */
  readonly gradients: Program;
  /** State and averaged gradients → next state. Every worker runs it, on equal values, so that nothing is sent back. */
  readonly update: Program;
}

/** A program ready to run, and its state. Calls must not overlap. */
export interface Compiled {
  /** What really runs it, for the log: device or provider, workers, threads, kind of convolutions. */
  readonly description: string;
  /** Sets the state, by the names of the inputs. All of it is needed before the first run. */
  load(state: ValuesByName): Promise<void>;
  /** Runs on the inputs that are not state, keeps the next state, and returns the outputs that are not state. */
  run(feeds: ValuesByName): Promise<Record<string, Values>>;
  /** A copy of the state, by the names of the inputs; `load` takes it back, bit for bit. */
  read(): Promise<Record<string, Values>>;
  dispose(): Promise<void>;
}
