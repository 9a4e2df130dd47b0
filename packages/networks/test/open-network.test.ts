import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AS_IS, gaussian, type NoiseLevel, type Samples, SYMMETRIC } from "@symbreak/core";
import { ddim, ddpm, gaussianLateStart, runOf, sample } from "@symbreak/samplers";
import { exportOnnx, withOnnxMetadata } from "@symbreak/trainer";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportNetwork, notesOfRun, type OnnxRuntime, openOnnx } from "../src/index.ts";
import { openNetwork } from "../src/node/index.ts";
import { tinyNetwork } from "./tiny-network.ts";

const runtime = ort as unknown as OnnxRuntime;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "networks-"));
});
afterAll(() => rm(directory, { recursive: true }));

const MOMENTS = {
  size: 3,
  count: 10,
  mean: Float64Array.of(0.5, -0.25, 0),
  covariance: {
    kind: "spectral" as const,
    eigenvalues: Float64Array.of(2, 1, 0.5),
    eigenvectors: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    residual: 0,
  },
};

describe("the zoo", () => {
  test("a network is sampled from noise and late without any data, and again from its protocol", async () => {
    const network = await openNetwork("zoo:mnist");
    expect(network.process.spec).toMatchObject({ name: "discrete", kind: "linear", steps: 1000 });
    expect(network.units).toEqual(SYMMETRIC);
    expect(network.trainedOn).toEqual({ dataset: "mnist" });
    expect(network.digest).toMatch(/^[0-9a-f]{64}$/);
    const start = gaussianLateStart(network.moments!, 450);
    for (const more of [{}, { start }]) {
      const run = { network, solver: ddim(), steps: 2, count: 2, seed: 3, ...more };
      const { samples, protocol } = await sample(run);
      expect(samples.some((value) => Math.abs(value) > 0.2)).toBe(true);
      const again = await sample(runOf(JSON.parse(JSON.stringify(protocol)), { network }));
      expect(again.samples).toEqual(samples);
    }
  });

  test("unknown names, classifiers and missing files are refused by name", async () => {
    await expect(openNetwork("zoo:mnistt")).rejects.toThrow("name must be one of");
    await expect(openNetwork("zoo:mnist-classifier")).rejects.toThrow(
      "zoo:mnist-classifier must be a denoiser",
    );
    await expect(openNetwork(join(directory, "nowhere"))).rejects.toThrow("there is no");
  });
});

describe("a file of one's own", () => {
  const kinds = [
    ["simple", {}, "discrete", "epsilon"],
    ["simple", { prediction: "v" }, "discrete", "v"],
    ["scoreMatching", {}, "scales", "score"],
    ["scoreSde", { process: { name: "subVp" } }, "scaledTime", "epsilon"],
    ["scoreSde", { process: { name: "ve" }, prediction: "score" }, "scaledTime", "score"],
    ["vdm", { data: "real", schedule: "learnedLinear" }, "scaledTime", "epsilon"],
    ["edm", {}, "edm", "sample"],
    ["flow", {}, "flow", "flow"],
  ] as const;

  test.each(kinds)(
    "%s %j: the file says its process, prediction, units and moments, and is sampled",
    async (name, options, process, predicts) => {
      const stored = tinyNetwork({ objective: { name, ...options } as never });
      const bytes = await exportNetwork(stored, { moments: MOMENTS });
      const file = join(directory, `${name}-${process}-${predicts}.onnx`);
      await writeFile(file, bytes);
      const network = await openNetwork(file);
      expect([network.process.name, network.denoiser.predicts]).toEqual([process, predicts]);
      expect(network.moments!.units).toEqual(SYMMETRIC);
      expect(Array.from(network.moments!.mean)).toEqual([0.5, -0.25, 0]);
      const run = { network, solver: ddim(), steps: 3, count: 5, seed: 1 };
      const { samples, protocol } = await sample(run);
      expect(samples.every(Number.isFinite)).toBe(true);
      const fromBytes = await openNetwork(bytes);
      expect(fromBytes.digest).toBe(network.digest);
      const again = runOf(JSON.parse(JSON.stringify(protocol)), { network: fromBytes });
      expect((await sample(again)).samples).toEqual(samples);
    },
  );

  test("EDM's network is preconditioned: at much noise the denoiser's share of x is c_skip", async () => {
    const stored = tinyNetwork({ objective: { name: "edm", sigmaData: 0.3 } });
    const network = await openNetwork(await exportNetwork(stored));
    const level: NoiseLevel = { alpha: 1, sigma: 4, timestep: Math.log(4) / 4 };
    const at = async (x: Samples) => Array.from(await network.denoiser.predict(x, level));
    const [zero, one] = [await at(new Float32Array(3)), await at(Float32Array.of(1e-3, 0, 0))];
    const skip = 0.3 ** 2 / (4 ** 2 + 0.3 ** 2);
    // What is not c_skip goes through the network, whose answer hardly moves over so small a step.
    expect((one[0]! - zero[0]!) / 1e-3).toBeGreaterThan(skip - 1);
    expect(network.denoiser.predicts).toBe("sample");
  });

  test("a learned variance comes out of the network and into DDPM", async () => {
    const model = { className: "Mlp", size: 3, outSize: 6, width: 8, depth: 2, timeFeatures: 4 };
    const stored = tinyNetwork({ model, objective: { name: "hybrid" } });
    const network = await openNetwork(await exportNetwork(stored));
    expect(network.denoiser.variance).toBe("learnedRange");
    const { samples } = await sample({ network, solver: ddpm(), steps: 3, count: 2 });
    expect(samples.every(Number.isFinite)).toBe(true);
  });

  test("classes are dealt by the samples' numbers, whatever the batch; none where labels were dropped", async () => {
    const model = {
      className: "Mlp",
      size: 3,
      width: 8,
      depth: 2,
      timeFeatures: 4,
      numClassEmbeds: 4,
    };
    const stored = tinyNetwork({ model, objective: { name: "simple", dropLabels: 0.1 } });
    const network = await openNetwork(await exportNetwork(stored));
    expect(network.classes).toMatchObject({ count: 3, unconditional: true });
    const run = { network, solver: ddim(), steps: 2, count: 7, seed: 2 };
    const condition = { classes: [0, 1, 2, null] };
    const whole = await sample({ ...run, condition, batch: 64 });
    const split = await sample({ ...run, condition, batch: 2 });
    const shard = await sample({ ...run, condition, first: 3, count: 2 });
    split.samples.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.samples[i]!, 5);
    });
    shard.samples.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.samples[9 + i]!, 5);
    });
    const none = await sample(run);
    expect(none.samples).not.toEqual(whole.samples);
    // Guided by itself without a class: both answers come out of one batch, two calls are counted.
    const guided = { ...run, condition, guidance: { weight: 3, power: 0.5 } };
    const { samples: led, nfe, protocol } = await sample(guided);
    const { predictBoth: _, ...apart } = network.denoiser;
    const twice = await sample({ ...guided, network: { ...network, denoiser: apart } });
    led.forEach((value, i) => {
      expect(value).toBeCloseTo(twice.samples[i]!, 5);
    });
    expect(led).not.toEqual(whole.samples);
    expect(nfe).toBe(4);
    const again = await sample(runOf(JSON.parse(JSON.stringify(protocol)), { network }));
    expect(again.samples).toEqual(led);
    await expect(sample({ ...run, condition: { classes: [3] } })).rejects.toThrow(
      "condition.classes must lie in [0, 2] or be null, got 3",
    );
  });

  test("a network that knows no classes is not asked for one, and one without dropout must be told one", async () => {
    const plain = await openNetwork(await exportNetwork(tinyNetwork()));
    const run = { solver: ddim(), steps: 1 };
    await expect(sample({ ...run, network: plain, condition: { classes: [1] } })).rejects.toThrow(
      "knows no classes",
    );
    const model = {
      className: "Mlp",
      size: 3,
      width: 8,
      depth: 2,
      timeFeatures: 4,
      numClassEmbeds: 4,
    };
    const conditional = await openNetwork(await exportNetwork(tinyNetwork({ model })));
    await expect(sample({ ...run, network: conditional })).rejects.toThrow("must be told a class");
  });
});

describe("somebody else's file", () => {
  const foreign = () => {
    const { config: _, ...pipeline } = tinyNetwork();
    return exportOnnx(pipeline);
  };
  const notes = {
    shape: [3],
    process: { name: "discrete", kind: "cosine", steps: 100 },
    prediction: "epsilon",
    units: "as-is",
  };

  test("is sampled with a JSON beside it, and asked for one without", async () => {
    const file = join(directory, "foreign.onnx");
    // The metadata of other exporters is no business of ours.
    await writeFile(file, withOnnxMetadata(foreign(), { author: "somebody" }));
    await expect(openNetwork(file)).rejects.toThrow("foreign.onnx must say what network it holds");
    await writeFile(`${file}.json`, JSON.stringify(notes));
    const network = await openNetwork(file);
    expect([network.process.tMax, network.units]).toEqual([99, AS_IS]);
    const { samples } = await sample({ network, solver: ddim(), steps: 4, count: 3 });
    expect(samples).toHaveLength(9);
  });

  test.each([
    [{ process: { name: "discrete", steps: 100, beta: 1 } }, "options must be among"],
    [{ process: { name: "toString" } }, "name must be one of"],
    [{ prediction: "noise" }, "prediction"],
    [{ shape: [3, -1] }, "shape"],
    [{ units: "symmetrical" }, "units"],
    [{ name: "../../etc/passwd" }, "name"],
    [
      { defaults: { solver: { name: "ddim", settings: { etta: 1 } } } },
      "options must be among eta",
    ],
    [{ inputs: { timestep: "t" } }, "names must be of the session's inputs"],
    [{ classes: { count: 10 } }, "inputs.classes must name the input of class labels"],
  ])("notes that are wrong are named: %j", async (wrong, message) => {
    const open = openOnnx(foreign(), {
      runtime,
      name: "foreign.onnx",
      notes: { ...notes, ...wrong },
    });
    await expect(open).rejects.toThrow(message);
  });

  test("damaged notes and moments in a file are named, and read within bounds", async () => {
    const open = (metadata: Record<string, string>) =>
      openOnnx(withOnnxMetadata(foreign(), metadata), { runtime, name: "x.onnx" });
    await expect(open({ symbreak: "{" })).rejects.toThrow(
      'the note "symbreak" of x.onnx must be JSON',
    );
    const good = JSON.stringify(notes);
    const bomb = { size: 1e9, axes: 1e6, residual: 0, count: 1, base64: "AAAA" };
    await expect(
      open({ symbreak: good, "symbreak.moments": JSON.stringify(bomb) }),
    ).rejects.toThrow("moments must be at most");
    await expect(
      open({ symbreak: good, "symbreak.moments": JSON.stringify({ ...bomb, size: 2, axes: 1 }) }),
    ).rejects.toThrow("decodeMoments: the moments must be 16 bytes, got damaged ones");
    await expect(
      open({ symbreak: good, "symbreak.moments": JSON.stringify({ ...bomb, base64: "é" }) }),
    ).rejects.toThrow("momentsOfNote: base64 must be what it says");
    await expect(open({ symbreak: '{"__proto__":{}}' })).rejects.toThrow('has a key "__proto__"');
    await expect(
      open({ symbreak: JSON.stringify({ ...notes, prediction: "x".repeat(1e6) }) }),
    ).rejects.toThrow(/^.{1,2000}$/);
  });

  test("moments of other units than the network's are refused", async () => {
    const network = await openOnnx(foreign(), { runtime, notes });
    const start = gaussianLateStart({ ...MOMENTS, units: SYMMETRIC }, 50);
    await expect(sample({ network, solver: ddim(), steps: 2, start })).rejects.toThrow(
      `sample: the start's moments must be in the units "as-is", got "symmetric"`,
    );
  });
});

test("a pipeline of diffusers is sampled by its own scheduler, clipping included", async () => {
  const path = fileURLToPath(
    new URL("../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
  );
  const network = await openNetwork(path);
  expect(network.process.spec).toMatchObject({ kind: "cosine", steps: 1000 });
  const { solver, grid, threshold } = network.defaults!;
  expect([solver!.name, grid!.name, threshold!.name]).toEqual(["diffusers", "diffusers", "clip"]);
  const { samples, protocol } = await sample({ network, solver: solver!, steps: 3, count: 2 });
  expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(1);
  const again = await sample(runOf(JSON.parse(JSON.stringify(protocol)), { network }));
  expect(again.samples).toEqual(samples);
});

test("truncated moments keep the trace, and half precision keeps a sample's law", async () => {
  const bytes = await exportNetwork(tinyNetwork(), { moments: MOMENTS });
  const { moments } = await openNetwork(bytes);
  const level: NoiseLevel = { alpha: 0.6, sigma: 0.8, timestep: 0 };
  const x = Float64Array.of(0.3, -0.2, 1);
  const exact = gaussian(MOMENTS).denoise(x, level);
  gaussian(moments!)
    .denoise(x, level)
    .forEach((value, i) => {
      expect(value).toBeCloseTo(exact[i]!, 3);
    });
});

test("the notes of a run are plain JSON", () => {
  const { config, weights } = tinyNetwork();
  const notes = notesOfRun(config!, weights)!;
  expect(JSON.parse(JSON.stringify(notes))).toEqual(notes);
});
