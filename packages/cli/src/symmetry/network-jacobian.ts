import { statSync } from "node:fs";
import type { JacobianOptions } from "@symbreak/analysis";
import type { NoiseLevel, Samples } from "@symbreak/core";
import type { JacobianProduct } from "@symbreak/samplers";
import { exportJacobian, type JacobianSide, type Pipeline } from "@symbreak/trainer";
import { readRunDirectory } from "@symbreak/trainer/node";
import { type Inference, openInference } from "../engine/inference.ts";

/** Rows in one run of the graph; more are split. */
const MOST = 8;

/**
 * Products with a network's Jacobian by automatic differentiation, on the runtime, from a run or pipeline directory.
 * None for an ONNX file or a network of the zoo, which cannot be differentiated any more: then the analysis takes
 * differences.
 */
export async function networkJacobian(path: string): Promise<JacobianOptions> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return {};
  const pipeline = await readRunDirectory(path);
  return {
    product: jacobianProduct(pipeline, "product"),
    transposed: jacobianProduct(pipeline, "transposed"),
  };
}

/** J v or Jᵀ v of a pipeline's network; one graph for each number of rows. */
function jacobianProduct(pipeline: Pipeline, side: JacobianSide): JacobianProduct {
  const { shape } = pipeline.model;
  const size = shape.reduce((product, n) => product * n, 1);
  const graphs = new Map<number, Promise<Inference>>();

  return async (x: Samples, level: NoiseLevel, v: Samples): Promise<Float32Array> => {
    const out = new Float32Array(v.length);
    for (let at = 0; at < v.length; at += MOST * size) {
      const end = Math.min(v.length, at + MOST * size);
      const batch = (end - at) / size;
      const graph = graphs.get(batch) ?? openInference(exportJacobian(pipeline, side, batch));
      graphs.set(batch, graph);
      const { session, Tensor } = await graph;
      const rows = (values: Samples) =>
        new Tensor("float32", Float32Array.from(values.subarray(at, end)), [batch, ...shape]);
      const timestep = new Float32Array(batch).fill(level.timestep);
      const { product } = await session.run({
        sample: rows(x),
        timestep: new Tensor("float32", timestep, [batch]),
        vector: rows(v),
      });
      out.set(product!.data as Float32Array, at);
    }
    return out;
  };
}
