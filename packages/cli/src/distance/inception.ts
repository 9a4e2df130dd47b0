import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { ImageShape } from "@symbreak/core";
import { input, program, toOnnx } from "@symbreak/graph";
import { fidImage, fidInception, readSafetensors } from "@symbreak/trainer";
import { type Inference, openInference } from "../engine/inference.ts";

/** The FID network on the user's weights. */
export interface Inception {
  /** Of the file: what the numbers hang on. */
  readonly sha256: string;
  readonly runtime: string;
  /** Images in [0, 1], channels first → 2048 features each. */
  features(images: Float32Array, shape: ImageShape): Promise<Float32Array>;
}

const FEATURES = 2048;
/** Images in one run. */
const BATCH = 8;

/**
 * The FID Inception of a file: pytorch-fid's weights as safetensors, or an ONNX network from [n, 3, 299, 299] in [−1, 1]
 * to 2048 features. With `sha256` the file must have it.
 */
export async function openInception(path: string, sha256: string | undefined): Promise<Inception> {
  const bytes = readFileSync(path);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== undefined && sha256.toLowerCase() !== found)
    throw new Error(`${path} has the SHA-256 ${found}, not ${sha256}`);
  const run = path.endsWith(".onnx") ? await ofOnnx(bytes, path) : ofWeights(bytes, path);
  const graphs = new Map<string, Promise<Inference>>();
  const open = (shape: ImageShape, batch: number): Promise<Inference> => {
    const key = `${batch},${shape}`;
    const opened = graphs.get(key) ?? openInference(run.graph(shape, batch));
    graphs.set(key, opened);
    return opened;
  };
  return {
    sha256: found,
    runtime: (await open([3, 299, 299], 1)).runtime,
    async features(images, shape) {
      const size = shape.reduce((product, n) => product * n, 1);
      const count = images.length / size;
      const out = new Float32Array(count * FEATURES);
      for (let at = 0; at < count; at += BATCH) {
        const batch = Math.min(BATCH, count - at);
        const { session, Tensor } = await open(shape, batch);
        const values = images.slice(at * size, (at + batch) * size);
        const outputs = await session.run({
          sample: new Tensor("float32", values, [batch, ...shape]),
        });
        const result = await run.finish(outputs.output!.data as Float32Array, batch);
        out.set(result, at * FEATURES);
      }
      return out;
    },
  };
}

interface Run {
  /** `sample` [batch, ...shape] → `output`. */
  readonly graph: (shape: ImageShape, batch: number) => Uint8Array;
  readonly finish: (output: Float32Array, batch: number) => Promise<Float32Array>;
}

function ofWeights(bytes: Uint8Array, path: string): Run {
  const { tensors } = readSafetensors(bytes);
  return {
    graph([channels, height, width], batch) {
      const model = fidInception({ sampleSize: [height, width], inChannels: gray(channels) });
      const weights = Object.fromEntries(
        model.parameters.map(({ name, shape }) => {
          const tensor = tensors[name];
          if (tensor === undefined || `${tensor.shape}` !== `${shape}`)
            throw new Error(
              `${path} must hold "${name}" as [${shape}], got ${tensor ? `[${tensor.shape}]` : "nothing"}: these are not the weights of pytorch-fid's network`,
            );
          return [name, tensor.data] as const;
        }),
      );
      const parameters = Object.fromEntries(
        model.parameters.map(({ name, shape }) => [name, input(name, shape)]),
      );
      const sample = input("sample", [batch, channels, height, width]);
      const output = model.apply(parameters, sample, input("timestep", [batch]));
      return toOnnx(program({ output }), { weights });
    },
    finish: async (output) => output,
  };
}

async function ofOnnx(bytes: Uint8Array, path: string): Promise<Run> {
  const { session, Tensor } = await openInference(bytes);
  const [given, wanted] = [session.inputNames[0]!, session.outputNames[0]!];
  return {
    graph([channels, height, width], batch) {
      gray(channels);
      const sample = input("sample", [batch, channels, height, width]);
      return toOnnx(program({ output: fidImage(sample) }));
    },
    async finish(output, batch) {
      const image = new Tensor("float32", output, [batch, 3, 299, 299]);
      const found = (await session.run({ [given]: image }))[wanted]!.data as Float32Array;
      if (found.length !== batch * FEATURES)
        throw new Error(
          `${path} must return ${FEATURES} features an image, got ${found.length / batch}`,
        );
      return found;
    },
  };
}

function gray(channels: number): 1 | 3 {
  if (channels === 1 || channels === 3) return channels;
  throw new Error(`the FID network looks at images of 1 or 3 channels, not ${channels}`);
}
