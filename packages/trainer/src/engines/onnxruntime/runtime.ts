/** What onnxruntime-node and onnxruntime-web have in common, as far as it is used here. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<OnnxSession>;
  };
  readonly Tensor: new (
    type: "float32" | "int32",
    data: Float32Array | Int32Array,
    dims: readonly number[],
  ) => OnnxTensor;
}

export interface OnnxSession {
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

export interface OnnxTensor {
  /** Downloads from the device where the values are on one. */
  getData(releaseData?: boolean): Promise<unknown>;
  dispose(): void;
}

/** How sessions are made. */
export interface SessionOptions {
  /** Threads of one operator. */
  readonly threads: number;
  /** Execution providers in order of preference, as onnxruntime names them; `["cpu"]`, `["wasm"]`, `["cuda"]`. */
  readonly providers: readonly string[];
}

/**
 * Loads a model. An operator that none of the providers has is an error, unless the CPU (`wasm` in onnxruntime-web) is
 * named among them: onnxruntime would run it on the CPU without a word.
 */
export function createSession(
  runtime: OnnxRuntime,
  model: Uint8Array,
  { threads, providers }: SessionOptions,
): Promise<OnnxSession> {
  const named = providers.some((provider) => provider === "cpu" || provider === "wasm");
  const strict = named ? {} : { disable_cpu_ep_fallback: "1" };
  return runtime.InferenceSession.create(model, {
    executionProviders: providers,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // Threads that spin after a run would take the processor from whoever is next.
    extra: { session: { force_spinning_stop: "1", ...strict } },
  });
}
