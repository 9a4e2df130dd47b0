import { type Multiply, type ProductShape, type Samples, simdMultiply } from "@symbreak/core";
import { input, matmul, program } from "@symbreak/graph";
import type { Denoiser } from "@symbreak/samplers";
import { empiricalDenoiser } from "@symbreak/samplers";
import { onnxEmpiricalDenoiser } from "./onnx-empirical-denoiser.ts";
import { type OnnxRuntime, onnxRuntime, singlePrecision } from "./onnx-runtime.ts";

/** What does the large products. */
export interface MatrixEngine {
  readonly multiply: Multiply;
  /** The exact score of n images, n × size in the units of the model. */
  readonly denoiser: (images: Float32Array, shape: readonly number[]) => Denoiser;
  /** Named in every result: "onnxruntime-node 1.30.0", or the fallback with its reason. */
  readonly name: string;
  readonly fast: boolean;
}

/** onnxruntime-node where it loads; else core's WebAssembly, several times slower, saying why. */
export async function matrixEngine(): Promise<MatrixEngine> {
  try {
    const runtime = await onnxRuntime();
    const product = onnxMultiply(runtime);
    await product(Float32Array.of(2), Float32Array.of(3), { rows: 1, inner: 1, columns: 1 });
    return {
      multiply: product,
      denoiser: (images, shape) => onnxEmpiricalDenoiser(runtime, images, shape),
      name: `onnxruntime-node ${runtime.version}`,
      fast: true,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return {
      multiply: simdMultiply,
      denoiser: (images, shape) => empiricalDenoiser(images, shape, { multiply: simdMultiply }),
      name: `WebAssembly SIMD (onnxruntime-node: ${reason})`,
      fast: false,
    };
  }
}

/** a·b or a·bᵀ in single precision; one small graph for each size. */
function onnxMultiply({ graph }: OnnxRuntime): Multiply {
  const graphs = new Map<string, ReturnType<OnnxRuntime["graph"]>>();
  return async (a: Samples, b: Samples, shape: ProductShape): Promise<Float32Array> => {
    const { rows, inner, columns, transposeB = false } = shape;
    const key = `${rows} ${inner} ${columns} ${transposeB}`;
    const b2 = transposeB ? [columns, inner] : [inner, columns];
    const y = () => matmul(input("a", [rows, inner]), input("b", b2), { transposeB });
    const run = graphs.get(key) ?? graph(program({ y: y() }));
    graphs.set(key, run);
    return (await (await run)({ a: singlePrecision(a), b: singlePrecision(b) })).y!;
  };
}
