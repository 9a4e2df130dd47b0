import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { exportJacobian } from "../../src/export/export-jacobian.ts";
import { gaussianSkip } from "../../src/models/gaussian-skip.ts";
import { mlp } from "../../src/models/mlp.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { noisyWeights, outputOf } from "../leaves.ts";

const unet = smallUnet({ sampleSize: 8, inChannels: 1, blockOutChannels: [16, 32] });
const tables = {
  moments: {
    size: 64,
    mean: new Float64Array(64).fill(0.2),
    covariance: {
      kind: "spectral" as const,
      eigenvalues: Float64Array.of(3),
      eigenvectors: new Float64Array(64).fill(1 / 8),
      residual: 0.4,
    },
  },
  alphaBars: [0.9, 0.5, 0.2],
};
const models = {
  mlp: mlp({ width: 16 }),
  unet,
  "gaussian skip": gaussianSkip(unet, { components: 1, numTrainTimesteps: 3 }, tables),
};

test.each(Object.entries(models))(
  "products with the Jacobian of a network (%s) are its derivatives",
  async (_, model) => {
    const weights = noisyWeights(model);
    const size = model.shape.reduce((product, n) => product * n, 1);
    const batch = 2;
    const wave = (speed: number) =>
      Float32Array.from({ length: batch * size }, (_, i) => Math.sin(1 + speed * i));
    const [sample, v, w] = [wave(0.3), wave(0.7), wave(1.1)];
    const timestep = Float32Array.of(1, 2);

    const products = async (side: "product" | "transposed", vector: Float32Array) => {
      const session = await ort.InferenceSession.create(
        exportJacobian({ model, weights }, side, batch),
      );
      const dims = [batch, ...model.shape];
      const { product } = await session.run({
        sample: new ort.Tensor("float32", sample, dims),
        timestep: new ort.Tensor("float32", timestep, [batch]),
        vector: new ort.Tensor("float32", vector, dims),
      });
      return product!.data as Float32Array;
    };
    const h = 1e-5;
    const [up, down] = [h, -h].map((step) =>
      outputOf(model, weights, {
        sample: Array.from(sample, (x, i) => x + step * v[i]!),
        timestep,
      }),
    );
    const forward = await products("product", v);
    const largest = Math.max(...forward.map(Math.abs));
    forward.forEach((value, i) => {
      expect(Math.abs(value - (up![i]! - down![i]!) / (2 * h))).toBeLessThan(2e-4 * largest);
    });
    // w·(J v) = (Jᵀ w)·v
    const back = await products("transposed", w);
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    expect(dot(back, v) / dot(w, forward)).toBeCloseTo(1, 4);
  },
);
