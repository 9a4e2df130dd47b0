import { discreteSchedule, gaussian, levelAt, spectralCovariance, toEpsilon } from "@symbreak/core";
import { expect, test } from "vitest";
import { initialise } from "../../src/initialiser.ts";
import { configOf } from "../../src/models/config-file.ts";
import { gaussianSkip } from "../../src/models/gaussian-skip.ts";
import { mlp } from "../../src/models/mlp.ts";
import { modelFromConfig } from "../../src/models/model-from-config.ts";
import { noisyWeights, outputOf } from "../leaves.ts";

const SIZE = 4;
const FACTOR = [2, 0.3, 0, 0.1, 0, 1, 0.4, 0, 0, 0, 0.5, 0.2, 0, 0, 0, 0.1];
const MATRIX = Float64Array.from({ length: SIZE * SIZE }, (_, at) => {
  const [i, j] = [Math.floor(at / SIZE), at % SIZE];
  let sum = 0;
  for (let k = 0; k < SIZE; k++) sum += FACTOR[i * SIZE + k]! * FACTOR[j * SIZE + k]!;
  return sum;
});
const MOMENTS = {
  size: SIZE,
  mean: Float64Array.of(1, -0.5, 0.2, 0),
  covariance: spectralCovariance(MATRIX, SIZE),
};
const SCHEDULE = discreteSchedule();
const TABLES = { moments: MOMENTS, alphaBars: SCHEDULE.alphaBars };
const SAMPLE = Float32Array.of(0.9, -1.2, 0.4, 2.1);

const fresh = (components: number) =>
  gaussianSkip(mlp({ size: SIZE, width: 8 }), { components }, TABLES);

/** By core's closed form, with the directions that are not told apart at their mean variance. */
function linear(timestep: number, components: number): Float64Array {
  const { eigenvalues, eigenvectors } = MOMENTS.covariance;
  const residual =
    eigenvalues.slice(components).reduce((a, b) => a + b, 0) / Math.max(SIZE - components, 1);
  const covariance = {
    kind: "spectral",
    eigenvalues: eigenvalues.slice(0, components),
    eigenvectors: eigenvectors.slice(0, components * SIZE),
    residual,
  } as const;
  const level = levelAt(SCHEDULE, timestep);
  const x = Float64Array.from(SAMPLE);
  const sample = gaussian({ ...MOMENTS, covariance }).denoise(x, level);
  return toEpsilon(sample, x, level, "sample");
}

test.each([0, 1, 250.5, 999])(
  "before training it is the exact Gaussian's epsilon at index %f",
  (timestep) => {
    for (const components of [2, 4]) {
      const model = fresh(components);
      const output = outputOf(model, initialise(model, 1), {
        sample: SAMPLE,
        timestep: [timestep],
      });
      linear(timestep, components).forEach((epsilon, i) => {
        expect(output[i]).toBeCloseTo(epsilon, 4);
      });
    }
  },
);

test("the network is added at the root of the linear prediction's mean squared error", () => {
  const model = fresh(4);
  const weights = noisyWeights(model);
  const tables = Object.entries(initialise(model, 1)).filter(([name]) =>
    name.startsWith("gaussian."),
  );
  Object.assign(weights, Object.fromEntries(tables));
  const at = { sample: SAMPLE, timestep: [400] };
  const alone = outputOf(mlp({ size: SIZE, width: 8 }), weights, at);
  const { alpha, sigma } = levelAt(SCHEDULE, 400);
  const s2 = (sigma / alpha) ** 2;
  const error = MOMENTS.covariance.eigenvalues.reduce((sum, v) => sum + v / (v + s2), 0) / SIZE;
  const wanted = linear(400, 4).map((epsilon, i) => epsilon + Math.sqrt(error) * alone[i]!);
  outputOf(model, weights, at).forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 4);
  });
});

test("its configuration is read back, with the network's inside", () => {
  const model = fresh(2);
  const again = modelFromConfig(JSON.parse(JSON.stringify(configOf(model))));
  expect(again.config).toEqual(model.config);
  expect(again.parameters.map(({ name }) => name)).toEqual(
    model.parameters.map(({ name }) => name),
  );
  const written = modelFromConfig({
    _class_name: "GaussianSkip",
    components: 2,
    network: { className: "Mlp", size: SIZE, width: 8 },
  });
  expect(written.config).toEqual(model.config);
});

test("a run cannot begin without the moments, nor with too few of them", () => {
  const model = gaussianSkip(mlp({ size: SIZE, width: 8 }), { components: 2 });
  expect(() => initialise(model, 1)).toThrow("a run must begin with the data's moments");
  const few = { ...MOMENTS.covariance, eigenvalues: MOMENTS.covariance.eigenvalues.slice(0, 1) };
  const poor = gaussianSkip(
    mlp({ size: SIZE, width: 8 }),
    { components: 2 },
    {
      ...TABLES,
      moments: { ...MOMENTS, covariance: few },
    },
  );
  expect(() => initialise(poor, 1)).toThrow("2 eigenvalues or more");
});

test("at zero terminal SNR what is seen is the noise", () => {
  const model = gaussianSkip(
    mlp({ size: SIZE, width: 8 }),
    { components: 4 },
    { moments: MOMENTS, alphaBars: discreteSchedule({ zeroTerminalSnr: true }).alphaBars },
  );
  const output = outputOf(model, initialise(model, 1), { sample: SAMPLE, timestep: [999] });
  output.forEach((value, i) => {
    expect(value).toBeCloseTo(SAMPLE[i]!, 3);
  });
});

test("what is no network of epsilon is refused", () => {
  expect(() => gaussianSkip(mlp({ size: SIZE, outSize: 8 }))).toThrow("must give epsilon");
  expect(() => gaussianSkip(mlp({ size: SIZE }), { components: 5 })).toThrow("1 … 4");
  expect(() => modelFromConfig({ _class_name: "GaussianSkip", network: 3 })).toThrow(
    "network must",
  );
});

test("from `below` on it is the Gaussian's epsilon, whatever the network says, and before what it was", () => {
  const network = mlp({ size: SIZE, width: 8 });
  const cut = gaussianSkip(network, { components: 4, below: 300 }, TABLES);
  const whole = fresh(4);
  const weights = noisyWeights(network);
  const tables = initialise(whole, 1);
  const at = (model: typeof whole, timestep: number) =>
    outputOf(model, { ...tables, ...weights }, { sample: SAMPLE, timestep: [timestep] });
  for (const timestep of [0, 299, 299.5]) expect(at(cut, timestep)).toEqual(at(whole, timestep));
  for (const timestep of [300, 999]) {
    const wanted = linear(timestep, 4);
    at(cut, timestep).forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i]!, 4);
    });
    expect(at(cut, timestep)).not.toEqual(at(whole, timestep));
  }
  expect(modelFromConfig(configOf(cut), TABLES).config).toEqual(cut.config);
  expect(() => gaussianSkip(network, { below: 0 })).toThrow("below must be positive, got 0");
});
