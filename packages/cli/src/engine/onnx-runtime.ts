import type { Samples } from "@symbreak/core";
import { type OnnxOptions, type Program, toOnnx } from "@symbreak/graph";

/** A loaded graph: named float inputs to named float outputs. */
export type RunGraph = (
  inputs: Readonly<Record<string, Float32Array>>,
) => Promise<Record<string, Float32Array>>;

/** onnxruntime-node, as far as it is used here. */
export interface OnnxRuntime {
  readonly version: string;
  readonly graph: (program: Program, weights?: OnnxOptions["weights"]) => Promise<RunGraph>;
}

/** Loads onnxruntime-node; throws where it is not installed or does not run. */
export async function onnxRuntime(): Promise<OnnxRuntime> {
  const ort = await import("onnxruntime-node");
  const graph: OnnxRuntime["graph"] = async (program, weights = {}) => {
    const session = await ort.InferenceSession.create(toOnnx(program, { weights }));
    return async (inputs) => {
      const feeds = Object.entries(inputs).map(([name, values]) => {
        const { shape } = program.inputs[name]!;
        return [name, new ort.Tensor("float32", values, [...shape])] as const;
      });
      const outputs = await session.run(Object.fromEntries(feeds));
      const values = Object.entries(outputs).map(
        ([name, tensor]) => [name, tensor.data as Float32Array] as const,
      );
      return Object.fromEntries(values);
    };
  };
  return { version: ort.env.versions.node ?? "unknown", graph };
}

/** The values as floats; not copied where they are. */
export function singlePrecision(values: Samples): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
