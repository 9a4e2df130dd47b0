import { expect, test } from "vitest";
import { DEFAULTS } from "../../src/diffusers/defaults.ts";
import { fromSchedulerConfig, toSchedulerConfig } from "../../src/index.ts";

test.for(Object.keys(DEFAULTS))("a %s survives the round trip, unknown keys and all", (name) => {
  const json = {
    _class_name: name,
    _diffusers_version: "0.42.1",
    some_future_key: [1, { deep: true }],
    ...DEFAULTS[name as keyof typeof DEFAULTS],
    num_train_timesteps: 400,
  };
  const { lambda_min_clipped, ...kept } = json as Record<string, unknown>;
  const written = toSchedulerConfig(fromSchedulerConfig(json));
  expect(JSON.parse(JSON.stringify(written))).toEqual(kept);
  expect(Object.keys(written)[0]).toBe("_class_name");
});

test("settings in our spelling become a whole config", () => {
  expect(toSchedulerConfig({ className: "IPNDMScheduler", numTrainTimesteps: 50 })).toEqual({
    _class_name: "IPNDMScheduler",
    num_train_timesteps: 50,
    trained_betas: null,
  });
  const written = toSchedulerConfig({
    className: "DDPMScheduler",
    betaSchedule: "squaredcos_cap_v2",
  });
  expect(written).toMatchObject({
    beta_schedule: "squaredcos_cap_v2",
    variance_type: "fixed_small",
  });
});

test("a finite clipping bound is kept, the infinite default left out", () => {
  const bound = (lambda_min_clipped: unknown) =>
    toSchedulerConfig({ _class_name: "DPMSolverMultistepScheduler", lambda_min_clipped })
      .lambda_min_clipped;
  expect(bound(-5.1)).toBe(-5.1);
  expect(bound("-inf")).toBeUndefined();
});
