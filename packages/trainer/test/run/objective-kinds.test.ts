import { defaultGrid, philoxNoise, processOf } from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../../src/engines/engine.ts";
import { selectEngine } from "../../src/engines/select.ts";
import { nodeEngines } from "../../src/node/engines/candidates.ts";
import { configJsonSchema } from "../../src/node/run/config-json-schema.ts";
import { resolveConfig, type TrainConfig } from "../../src/run/config.ts";
import { partsOf } from "../../src/run/from-config.ts";
import { OBJECTIVE_KINDS } from "../../src/run/objective-kinds.ts";
import { train } from "../../src/run/train.ts";
import { batches } from "../../src/run/training-data.ts";
import { unpackWeights } from "../../src/step/layout.ts";
import { tinyConfig, tinyData } from "./tiny-config.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await selectEngine(nodeEngines, { engine: "onnxruntime-node", threads: 1 });
});
afterAll(() => engine.dispose());

const MLP = { className: "Mlp", size: 3, width: 8, depth: 1, timeFeatures: 4 };
const TWICE = { ...MLP, outSize: 6 };

const KINDS: [string, NonNullable<TrainConfig["objective"]>, TrainConfig["model"]][] = [
  ["simple", { name: "simple" }, MLP],
  ["simple, conditional", { name: "simple" }, { ...MLP, numClassEmbeds: 3 }],
  ["hybrid", { name: "hybrid" }, TWICE],
  ["bound", { name: "bound" }, TWICE],
  ["score matching", { name: "scoreMatching", scales: 5 }, MLP],
  ["epsilon matching", { name: "scoreMatching", prediction: "epsilon" }, MLP],
  ["implicit matching", { name: "implicitScoreMatching", scales: 5 }, MLP],
  ["exact divergence", { name: "implicitScoreMatching", divergence: "exact" }, MLP],
  ["score SDE", { name: "scoreSde" }, MLP],
  ["score SDE, VE", { name: "scoreSde", process: { name: "ve", sigmaMax: 5 } }, MLP],
  ["score SDE, sub-VP", { name: "scoreSde", process: { name: "subVp" } }, MLP],
  ["score SDE, OU", { name: "scoreSde", process: { name: "ou" }, prediction: "v" }, MLP],
  ["score SDE, likelihood", { name: "scoreSde", weighting: "likelihood", tMin: 1e-3 }, MLP],
  ["VDM", { name: "vdm" }, MLP],
  ["VDM, discrete", { name: "vdm", steps: 10, schedule: "learnedLinear" }, MLP],
  ["VDM, monotone", { name: "vdm", data: "real", schedule: "learnedMonotone" }, MLP],
  ["EDM", { name: "edm", sigmaData: 0.6 }, MLP],
  ["flow", { name: "flow" }, MLP],
  ["flow, uniform", { name: "flow", times: "uniform", timeScale: 1 }, MLP],
  ["classification", { name: "classification" }, { ...MLP, outSize: 3 }],
  ["noised classification", { name: "classification", noised: true }, { ...MLP, outSize: 3 }],
];

/** Two steps, with all that they said, and the state after them. */
async function twoSteps(changes: Partial<TrainConfig>) {
  const config = tinyConfig({ steps: 2, ...changes });
  const parts = partsOf(config);
  const { step, objective } = parts;
  const compiled = await engine.compile(step.program, { state: step.state });
  await compiled.load(step.initialState(config.seed));
  const labels = Uint8Array.from({ length: 10 }, (_, i) => i % 3);
  const batch = batches({ ...tinyData(), labels }, { batch: config.batch, seed: config.seed });
  const reports = [];
  for await (const report of train({
    engine,
    compiled,
    step,
    objective,
    batch,
    seed: config.seed,
    steps: config.steps,
  }))
    reports.push(report);
  const { parameters } = (await compiled.read()) as Record<string, Float32Array>;
  await compiled.dispose();
  return { parts, reports, parameters: parameters! };
}

test("every kind of objective is among those that are tried", () => {
  const tried = new Set(KINDS.map(([, { name }]) => name));
  expect([...tried].toSorted()).toEqual(Object.keys(OBJECTIVE_KINDS).toSorted());
});

test.each(KINDS)(
  "%s: a config resolves to itself, two steps run, and levels descend to clean",
  async (_, objective, model) => {
    const resolved = tinyConfig({ objective, model });
    expect(resolveConfig(resolved)).toEqual(resolved);
    const { parts, reports, parameters } = await twoSteps({ objective, model });
    expect(reports).toHaveLength(2);
    for (const { loss, gradientNorm } of reports) {
      expect(loss).toBeGreaterThan(0);
      expect(gradientNorm).toBeGreaterThan(0);
    }
    const isClassifier = objective.name === "classification";
    expect(reports[0]!.correct?.length).toBe(isClassifier ? 4 : undefined);
    expect(parts.objective.prediction === undefined).toBe(isClassifier);
    const process = parts.process?.(unpackWeights(parts.step.layout, parameters));
    expect(process === undefined).toBe(isClassifier);
    expect(parts.scaling === undefined).toBe(isClassifier);
    // Diffusers' schedulers describe what is trained in discrete time.
    expect(parts.scheduler !== undefined).toBe(process?.name === "discrete");
    if (process === undefined) return;
    expect(processOf(process.spec).spec).toEqual(process.spec);
    const levels = defaultGrid(process).levels(process, 4);
    expect(levels).toHaveLength(5);
    const ratios = levels.map(({ alpha, sigma }) => sigma / alpha);
    for (let i = 1; i < 5; i++) expect(ratios[i]).toBeLessThan(ratios[i - 1]!);
    expect(ratios[4]).toBeLessThan(0.01);
  },
);

test.each([
  { name: "scoreSde" },
  { name: "scoreSde", process: { name: "ve" } },
  { name: "scoreMatching" },
  { name: "vdm" },
  { name: "flow", times: "uniform" },
] as const)("a sampler tells the network what training told it: %j", (objective) => {
  const { objective: trained, process: processOfWeights } = partsOf(tinyConfig({ objective }));
  const process = processOfWeights!({});
  const told = defaultGrid(process).levels(process, 10);
  const random = {
    normal: (out: Float32Array, size: number) => philoxNoise(1)(out, size, 0),
    uniform: (rows: number, size: number) => new Float64Array(rows * size).fill(1 - 1e-9),
  };
  // The noisiest sample of a batch, at the very end of the way.
  const { feeds } = trained.prepare({ data: new Float32Array(3), count: 1 }, random);
  const noisiest = objective.name === "vdm" ? 1000 * feeds.t![0]! : feeds.timestep![0]!;
  expect(told[0]!.timestep).toBeCloseTo(noisiest, 3);
});

test("EDM's sampler tells its network ln(sigma)/4, and says how it is preconditioned", () => {
  const { process: processOfWeights, scaling } = partsOf(
    tinyConfig({ objective: { name: "edm", sigmaData: 0.3, sigmaMax: 20 } }),
  );
  expect(scaling).toEqual({ sigmaData: 0.3 });
  const process = processOfWeights!({});
  const [first, second] = defaultGrid(process).levels(process, 5);
  expect(first).toEqual({
    alpha: 1,
    sigma: expect.closeTo(20, 9),
    timestep: expect.closeTo(Math.log(20) / 4, 12),
  });
  expect(second!.timestep).toBeCloseTo(Math.log(second!.sigma) / 4, 12);
});

test("a network around the best linear epsilon is not trained for anything else", () => {
  const model = {
    className: "GaussianSkip",
    components: 2,
    network: { className: "Mlp", size: 3, width: 8, depth: 1, timeFeatures: 4 },
  };
  for (const objective of [{ name: "flow" }, { name: "simple", prediction: "v" }] as const)
    expect(() => partsOf(tinyConfig({ model, objective }))).toThrow("to predict epsilon");
  expect(partsOf(tinyConfig({ model })).model.className).toBe("GaussianSkip");
});

test("a classifier's hits are those whose label has the largest logit; draws are none", async () => {
  const model = { ...MLP, outSize: 3 };
  const { reports } = await twoSteps({ objective: { name: "classification" }, model });
  // All logits begin at zero.
  expect(Array.from(reports[0]!.correct!)).toEqual([0, 0, 0, 0]);
  const long = await twoSteps({
    objective: { name: "classification" },
    model: { ...model, width: 64 },
    steps: 150,
    optimiser: { rate: 0.03 },
  });
  expect(Array.from(long.reports.at(-1)!.correct!)).toEqual([1, 1, 1, 1]);
  expect(long.reports.at(-1)!.positions).toHaveLength(0);
});

test("options of another kind, networks of another purpose and bytes in other units are refused", () => {
  const wrong = { name: "scoreSde", process: { name: "ve", betaMin: 1 } };
  expect(() => tinyConfig({ objective: wrong as never })).toThrow("objective.process.betaMin");
  expect(() => tinyConfig({ objective: { name: "none" } as never })).toThrow("objective.name");
  const classification = { name: "classification" } as const;
  const image = { className: "SmallUNet", sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] };
  expect(() => partsOf(tinyConfig({ objective: classification, model: image }))).toThrow(
    "for classification the model must give logits, [classes], got [1, 8, 8]",
  );
  const zscore = { dataset: "none", scale: "zscore" } as const;
  expect(() => partsOf(tinyConfig({ objective: { name: "vdm" }, data: zscore }))).toThrow(
    'data.scale must be "symmetric", got "zscore"',
  );
});

test("the JSON schema names every kind", () => {
  const text = JSON.stringify(configJsonSchema());
  for (const name of Object.keys(OBJECTIVE_KINDS)) expect(text).toContain(`"const":"${name}"`);
});
