import type { OnnxTensor, OnnxTensorConstructor } from "@symbreak/samplers";

/** What we use of a session: what `onnxDenoiser` does, and what the file declares of its inputs. */
export interface NetworkSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Element types and dimensions; a dimension that may be anything is a string. onnxruntime has them since 1.21. */
  readonly inputMetadata?: readonly InputMetadata[] | undefined;
  /** See `OnnxSession` of samplers. */
  readonly rowsAtOnce?: number | undefined;
  run(feeds: Record<string, OnnxTensor>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

/** What a file declares of one input. */
export interface InputMetadata {
  readonly name: string;
  readonly isTensor?: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/**
 * The part of onnxruntime that opens a network: `onnxruntime-node`, `onnxruntime-web` or `onnxruntime-web/wasm` itself, which
 * is yours to import.
 */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<NetworkSession>;
  };
  readonly Tensor: OnnxTensorConstructor<OnnxTensor>;
  readonly env?: { readonly versions?: Readonly<Record<string, string | undefined>> };
}
