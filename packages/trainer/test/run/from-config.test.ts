import { expect, test } from "vitest";
import { partsOf, rateOf } from "../../src/run/from-config.ts";
import { unpackWeights } from "../../src/step/layout.ts";
import { tinyConfig } from "./tiny-config.ts";

test("the scheduler says what the network was trained for, in diffusers' words", () => {
  const config = tinyConfig({
    schedule: { kind: "cosine" },
    objective: { name: "simple", prediction: "v" },
    data: { dataset: "none", scale: "zscore" },
  });
  expect(partsOf(config).scheduler).toMatchObject({
    beta_schedule: "squaredcos_cap_v2",
    prediction_type: "v_prediction",
    num_train_timesteps: 1000,
    clip_sample: false,
  });
});

test("the rate rises over the warm-up and falls to nothing where it decays", () => {
  const optimiser = { rate: 1, warmUp: 2 } as const;
  const rate = rateOf(tinyConfig({ steps: 10, optimiser }));
  expect([rate(0), rate(1), rate(9)]).toEqual([0.5, 1, 1]);
  const falling = rateOf(tinyConfig({ steps: 10, optimiser: { ...optimiser, decay: "cosine" } }));
  expect(falling(1)).toBe(1);
  expect(falling(6)).toBeCloseTo(0.5, 12);
  expect(falling(10)).toBeCloseTo(0, 12);
});

test("a run begins with the weights of another network", () => {
  const config = tinyConfig({ begin: "zoo:none" });
  const bare = partsOf(config).step;
  const weights = unpackWeights(bare.layout, bare.initialState(9).parameters!);
  const { step } = partsOf(config, { weights });
  expect(step.initialState(5).parameters).toEqual(bare.initialState(9).parameters);
  expect(step.initialState(5).ema).toEqual(bare.initialState(9).parameters);
});

test("classes are learned at their own rate, where there are any", () => {
  const optimiser = { classRate: 10 };
  expect(() => partsOf(tinyConfig({ optimiser }))).toThrow(
    "train: optimiser.classRate is for a network with a table of classes, got 10",
  );
  const unet = { sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8], numClassEmbeds: 3 };
  const config = tinyConfig({ optimiser, model: { className: "SmallUNet", ...unet } });
  const rates = partsOf(config).model.parameters.filter(({ rate }) => rate !== undefined);
  expect(rates.map(({ name, rate }) => [name, rate])).toEqual([["class_embedding.weight", 10]]);
});

test("a learned variance needs twice the outputs, and tells the scheduler", () => {
  const model = { className: "Mlp", size: 3 };
  const objective = { name: "hybrid" } as const;
  expect(() => partsOf(tinyConfig({ model, objective }))).toThrow(
    "train: for hybrid the model must have 6 output channels, got 3",
  );
  const { scheduler } = partsOf(tinyConfig({ model: { ...model, outSize: 6 }, objective }));
  expect(scheduler).toMatchObject({ variance_type: "learned_range" });
  const wide = tinyConfig({ model: { ...model, outSize: 6 } });
  expect(() => partsOf(wide)).toThrow("for simple the model must have 3 output channels, got 6");
});
