import { expect, test } from "vitest";
import { changedKeys } from "../../src/run/changed-keys.ts";
import { resolveConfig, type TrainConfig } from "../../src/run/config.ts";
import { withSettings } from "../../src/run/with-settings.ts";

const config: TrainConfig = {
  name: "a",
  data: { dataset: "mnist" },
  model: { className: "SmallUNet", sampleSize: 28 },
  batch: 32,
  steps: 10,
};

test("what is left out has its default, and a resolved config resolves to itself", () => {
  const resolved = resolveConfig(config);
  expect(resolved).toMatchObject({
    data: { dataset: "mnist", scale: "symmetric", flip: false },
    schedule: { kind: "linear", steps: 1000, betaStart: 1e-4, betaEnd: 0.02 },
    objective: { name: "simple", prediction: "epsilon" },
    optimiser: { rate: 2e-4, clip: 1, average: 0.9999 },
    model: { sampleSize: 28 },
    seed: 0,
  });
  expect(resolveConfig(resolved)).toEqual(resolved);
});

test("an error names every key that is wrong, unknown ones too", () => {
  const wrong = { ...config, batch: 0, optimiser: { rate: "fast" }, stepps: 1 };
  expect(() => resolveConfig(wrong)).toThrow(/optimiser\.rate: .*; batch: .*; stepps: /);
  expect(() => resolveConfig({ ...config, name: "../x" })).toThrow("name: must be a folder's name");
});

test("settings reach into the config and leave the original", () => {
  const set = withSettings(config, [
    "optimiser.rate=1e-3",
    "data.dataset=./my images",
    "data.classes=[1,8]",
    "optimiser.clip=null",
  ]);
  expect(set).toMatchObject({
    optimiser: { rate: 1e-3, clip: null },
    data: { dataset: "./my images", classes: [1, 8] },
  });
  expect(config).not.toHaveProperty("optimiser");
  expect(() => withSettings(config, ["steps"])).toThrow("a setting must be like");
  expect(() => withSettings(config, ["steps.more=1"])).toThrow("steps must hold further keys");
});

test("a setting cannot reach what all objects share", () => {
  for (const path of ["__proto__.polluted", "constructor.prototype.polluted", "data.__proto__.x"])
    expect(() => withSettings(config, [`${path}=1`])).toThrow("must name keys of a config");
  expect({}).not.toHaveProperty("polluted");
});

test("changed keys are named by their paths", () => {
  const [a, b] = [
    { x: 1, y: { z: [1, 2], w: 3 } },
    { x: 1, y: { z: [1, 3] }, v: 0 },
  ];
  expect(changedKeys(a, b)).toEqual(["y.z", "y.w", "v"]);
  expect(changedKeys(a, structuredClone(a))).toEqual([]);
});
