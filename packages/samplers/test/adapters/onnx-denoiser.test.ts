import { CLEAN, discreteSchedule, levelAt, type NoiseLevel } from "@symbreak/core";
import { type InferenceSession, Tensor } from "onnxruntime-common";
import { describe, expect, test } from "vitest";
import { type OnnxSession, onnxDenoiser } from "../../src/adapters/onnx-denoiser.ts";

/** A session that remembers its feeds and answers twice the sample plus the timestep. */
function fakeSession(
  outputOf: (x: Float32Array, t: number) => Float32Array = (x, t) => x.map((v) => 2 * v + t),
) {
  const calls: Record<string, Tensor>[] = [];
  const session: OnnxSession<Tensor> = {
    inputNames: ["sample", "timestep"],
    outputNames: ["out_sample"],
    async run(feeds) {
      calls.push(feeds);
      const { sample, timestep } = feeds as { sample: Tensor; timestep: Tensor };
      const data = outputOf(sample.data as Float32Array, Number(timestep.data[0]));
      return { out_sample: { data, dims: sample.dims } };
    },
  };
  return { session, calls };
}

const level = levelAt(discreteSchedule(), 400);
const shape = [1, 1, 2];

test("onnxDenoiser fits onnxruntime's own session and tensor types", () => {
  // A check of the compiler: the body never runs.
  const build = (session: InferenceSession) => onnxDenoiser(session, { Tensor, shape });
  expect(build).toBeTypeOf("function");
});

describe("onnxDenoiser", () => {
  test("feeds a variance-preserving network its x and one timestep a sample", async () => {
    const { session, calls } = fakeSession();
    const denoiser = onnxDenoiser(session, { Tensor, shape });
    const out = await denoiser.predict(Float64Array.of(1, 2, 3, 4), level);
    expect(denoiser.predicts).toBe("epsilon");
    expect(Array.from(out)).toEqual([402, 404, 406, 408]);
    expect(calls).toHaveLength(1);
    expect(calls[0]!.sample!.dims).toEqual([2, 1, 1, 2]);
    expect(calls[0]!.timestep!.dims).toEqual([2]);
    expect(Array.from(calls[0]!.timestep!.data as Float32Array)).toEqual([400, 400]);
  });

  test("gives int64 timesteps in the shape that the network wants", async () => {
    for (const [timestepShape, dims] of [
      ["batch", [2]],
      ["single", [1]],
      ["scalar", []],
    ] as const) {
      const { session, calls } = fakeSession();
      const options = { Tensor, shape, types: { timestep: "int64" }, timestepShape } as const;
      await onnxDenoiser(session, options).predict(new Float32Array(4), {
        ...level,
        timestep: 399.6,
      });
      const { timestep } = calls[0]!;
      expect(timestep!.type).toBe("int64");
      expect(timestep!.dims).toEqual(dims);
      expect(timestep!.data[0]).toBe(400n);
    }
  });

  test("splits batches without changing any sample", async () => {
    const x = Float32Array.from({ length: 14 }, (_, i) => Math.sin(i));
    const whole = await onnxDenoiser(fakeSession().session, { Tensor, shape }).predict(x, level);
    const { session, calls } = fakeSession();
    const split = await onnxDenoiser(session, { Tensor, shape, batch: 3 }).predict(x, level);
    expect(split).toEqual(whole);
    expect(calls.map(({ sample }) => sample!.dims[0])).toEqual([3, 3, 1]);
  });

  test('scales variance-exploding states to unit variance for "vp", and not for "none"', async () => {
    const exploding: NoiseLevel = { alpha: 1, sigma: Math.sqrt(3), timestep: 7 };
    for (const [scaling, expected] of [
      ["vp", 1],
      ["none", 2],
    ] as const) {
      const { session, calls } = fakeSession();
      await onnxDenoiser(session, { Tensor, shape, scaling }).predict(
        Float32Array.of(2, 2),
        exploding,
      );
      expect((calls[0]!.sample!.data as Float32Array)[0]).toBeCloseTo(expected, 6);
    }
  });

  test("wraps EDM's preconditioning around the raw network", async () => {
    // For Gaussian data of variance sigmaData² the optimal raw network is zero (Karras et al. 2022, appendix B.6).
    const { session, calls } = fakeSession((x) => new Float32Array(x.length));
    const denoiser = onnxDenoiser(session, { Tensor, shape, scaling: { sigmaData: 0.5 } });
    for (const alpha of [1, 0.6]) {
      const at = { alpha, sigma: 2 * alpha, timestep: Math.log(2) / 4 };
      const out = await denoiser.predict(Float32Array.of(3 * alpha, -alpha), at);
      expect(denoiser.predicts).toBe("sample");
      expect(out[0]).toBeCloseTo((3 * 0.25) / 4.25, 6);
      const fed = calls.at(-1)!.sample!.data as Float32Array;
      expect(fed[1]).toBeCloseTo(-1 / Math.sqrt(4.25), 6);
    }
    const ones = fakeSession((x) => new Float32Array(x.length).fill(1));
    const shifted = onnxDenoiser(ones.session, { Tensor, shape, scaling: { sigmaData: 0.5 } });
    const out = await shifted.predict(new Float32Array(2), { alpha: 1, sigma: 2, timestep: 0 });
    expect(out[0]).toBeCloseTo((2 * 0.5) / Math.sqrt(4.25), 6);
    const scaling = { sigmaData: 0.5, negative: true };
    const turned = onnxDenoiser(ones.session, { Tensor, shape, scaling });
    const less = await turned.predict(new Float32Array(2), { alpha: 1, sigma: 2, timestep: 0 });
    expect(less[0]).toBe(-out[0]!);
  });

  test("answers with a class and without in one run of the session, as one after the other", async () => {
    const calls: Record<string, Tensor>[] = [];
    const session: OnnxSession<Tensor> = {
      inputNames: ["sample", "timestep", "y"],
      outputNames: ["out"],
      async run(feeds) {
        calls.push(feeds);
        const { sample, y } = feeds as { sample: Tensor; y: Tensor };
        const data = (sample.data as Float32Array).map((v, i) => v + Number(y.data[i >> 1]));
        return { out: { data, dims: sample.dims } };
      },
    };
    const classes = { input: "y", none: 10 };
    const options = { Tensor, shape, classes, scaling: "none", types: { classes: "float32" } };
    const asked = { samples: [3, 4, 5], condition: { classes: [0, 7] } };
    const x = Float32Array.of(1, 2, 3, 4, 5, 6);
    for (const more of [{}, { batch: 2 }, { fixedBatch: 4 }]) {
      const denoiser = onnxDenoiser(session, { ...options, ...more } as never);
      calls.length = 0;
      const [ours, none] = await denoiser.predictBoth!(x, level, asked);
      if (Object.keys(more).length === 0)
        expect(calls.map(({ y }) => Array.from(y!.data as Float32Array))).toEqual([
          [7, 0, 7, 10, 10, 10],
        ]);
      expect(ours).toEqual(await denoiser.predict(x, level, asked));
      expect(none).toEqual(await denoiser.predict(x, level, { samples: asked.samples }));
    }
    const scaled = { ...options, classes: { input: "y", scale: 0.5 } } as never;
    const denoiser = onnxDenoiser(session, scaled);
    expect(denoiser.predictBoth).toBeUndefined();
    expect(Array.from(await denoiser.predict(x, level, asked))).toEqual([4.5, 5.5, 3, 4, 8.5, 9.5]);
  });

  test("passes learned variance on and further inputs in", async () => {
    const { session, calls } = fakeSession((x) => Float32Array.of(...x, ...x));
    const feeds = (count: number) => ({
      label: new Tensor("int64", new BigInt64Array(count), [count]),
    });
    const denoiser = onnxDenoiser(session, { Tensor, shape, variance: "learnedRange", feeds });
    expect(denoiser.variance).toBe("learnedRange");
    expect(await denoiser.predict(new Float32Array(6), level)).toHaveLength(12);
    expect(calls[0]!.label!.dims).toEqual([3]);
  });

  test("stops between the parts of a batch when aborted", async () => {
    const controller = new AbortController();
    const { session, calls } = fakeSession((x) => {
      controller.abort(new Error("enough"));
      return x;
    });
    const run = onnxDenoiser(session, { Tensor, shape, batch: 1 }).predict(
      new Float32Array(6),
      level,
      controller,
    );
    await expect(run).rejects.toThrow("enough");
    expect(calls).toHaveLength(1);
  });

  test("names what does not fit", async () => {
    const { session } = fakeSession((x) => x.subarray(1));
    expect(() => onnxDenoiser(session, { Tensor, shape, names: { timestep: "t" } })).toThrow(
      /onnxDenoiser: names must be of the session's inputs \[sample,timestep\], got "t"/,
    );
    expect(() => onnxDenoiser(session, { Tensor, shape, names: { output: "y" } })).toThrow(
      /one of \[out_sample\]/,
    );
    const run = onnxDenoiser(session, { Tensor, shape }).predict(new Float32Array(2), CLEAN);
    await expect(run).rejects.toThrow(/must return 2 float32 values as "out_sample"/);
  });
});
