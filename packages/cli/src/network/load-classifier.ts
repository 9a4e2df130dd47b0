import type { ImageShape, Samples, UnitsName } from "@symbreak/core";
import { listDatasets } from "@symbreak/datasets";
import { sha256 } from "@symbreak/files";
import { isClassifier } from "@symbreak/trainer";
import { openInference } from "../engine/inference.ts";
import { readNetwork } from "./read-network.ts";

/** A classifier of clean images, on a runtime. */
export interface LoadedClassifier {
  readonly name: string;
  /** SHA-256 of the network as an ONNX file. */
  readonly digest: string;
  /** The name of class k at place k; its number where the data set is not known by name. */
  readonly classes: readonly string[];
  /** Of one image. */
  readonly shape: ImageShape;
  /** The units that it must be fed. */
  readonly scale: UnitsName;
  /** Numbers in one image's features. */
  readonly featureSize: number;
  /** "onnxruntime-node 1.30.0", or onnxruntime-web with the reason for it. */
  readonly runtime: string;
  /** `count` images, channels first, in units of `scale` → logits [count, classes] and features [count, featureSize]. */
  classify(values: Samples, count: number): Promise<Classified>;
}

/** What a classifier says of images. */
interface Classified {
  readonly logits: Float32Array;
  readonly features: Float32Array;
}

/** Images in one run of the network. */
const BATCH = 256;

/** Loads a classifier: a run directory of `ssb train`, a file of `ssb export`, or `zoo:<name>`. */
export async function loadClassifier(path: string): Promise<LoadedClassifier> {
  const { name, onnx, model, data } = await readNetwork(path);
  if (!isClassifier(model))
    throw new Error(`${path} is no classifier: it holds a ${model.className}`);
  if (data === undefined)
    throw new Error(
      `${path} does not say what it was trained on; take its run directory, or export that again`,
    );
  const { session, Tensor, runtime } = await openInference(onnx);
  if (session.inputNames.join() !== "sample")
    throw new Error(`${path} looks at the time: a classifier of images without noise is needed`);
  const shape = model.shape as ImageShape;
  const size = shape.reduce((product, n) => product * n, 1);
  const [classes, featureSize] = [model.outputShape[0]!, model.featureShape[0]!];

  const classify = async (values: Samples, count: number): Promise<Classified> => {
    if (values.length !== count * size)
      throw new Error(
        `${path} classifies images of ${shape.join("×")}: ${count} of them are ${count * size} values, not ${values.length}`,
      );
    const logits = new Float32Array(count * classes);
    const features = new Float32Array(count * featureSize);
    for (let at = 0; at < count; at += BATCH) {
      const n = Math.min(BATCH, count - at);
      const batch = Float32Array.from(values.subarray(at * size, (at + n) * size));
      const sample = new Tensor("float32", batch, [n, ...shape]);
      const outputs = await session.run({ sample });
      logits.set(outputs.output!.data as Float32Array, at * classes);
      features.set(outputs.features!.data as Float32Array, at * featureSize);
    }
    return { logits, features };
  };
  const named = listDatasets().find(({ name }) => name === data.dataset)?.classNames ?? [];
  const names = Array.from({ length: classes }, (_, k) => named[k] ?? String(k));
  const { scale } = data;
  return {
    ...{ name, digest: sha256(onnx), classes: names, shape, scale, featureSize, runtime, classify },
  };
}
