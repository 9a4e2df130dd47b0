import { expect, test } from "vitest";
import { fromSchedulerConfig } from "../../src/diffusers/from-scheduler-config.ts";
import { notesOfScheduler } from "../../src/notes-of-scheduler.ts";

const flowEuler = (settings: object) =>
  fromSchedulerConfig(
    { _class_name: "FlowMatchEulerDiscreteScheduler", ...settings },
    { precision: "float32" },
  );

// `scheduler.set_timesteps(4)` of diffusers 0.42.1.
test.each([
  [{}, [1, 0.6669999957084656, 0.33399999141693115, 0.0010000000474974513, 0]],
  [{ shift: 3 }, [1, 0.857692301273346, 0.602150559425354, 0.008928571827709675, 0]],
  [{ shift: 3, shift_terminal: 0.1 }, [1, 0.870769202709198, 0.6387096643447876, 0.1, 0]],
  [
    { shift: 2, use_karras_sigmas: true },
    [1, 0.24520327150821686, 0.042155180126428604, 0.0039880359545350075, 0],
  ],
])("lays the levels of diffusers: %j", (settings, sigmas) => {
  const levels = flowEuler(settings).levels(4);
  levels.forEach(({ alpha, sigma, timestep }, i) => {
    expect(sigma).toBeCloseTo(sigmas[i]!, 6);
    expect(alpha).toBeCloseTo(1 - sigma, 12);
    if (i < 4) expect(timestep).toBeCloseTo(1000 * sigmas[i]!, 3);
  });
});

test("the velocity of a straight line leads to its end, from noise and from a late start", async () => {
  const target = [2, -1, 0.5];
  const { process, levels, solver, denoiserOf } = flowEuler({ shift: 3 });
  const denoiser = denoiserOf({
    shape: [3],
    predict: async (x, { sigma }) => x.map((value, i) => (value - target[i]!) / sigma) as never,
  });
  for (const from of [undefined, process.level(600)]) {
    const walk = levels(5, from);
    if (from !== undefined) expect(walk[0]).toBe(from);
    expect(walk).toHaveLength(6);
    let x = new Float64Array(3);
    for await (const step of solver.walk(denoiser, Float64Array.of(1, 1, 1), walk))
      x = step.x as typeof x;
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(target[i]!, 12);
    });
  }
});

test("the network of a flow sees x as it is; what is not supported is named", () => {
  const notes = notesOfScheduler(
    { _class_name: "FlowMatchEulerDiscreteScheduler", num_train_timesteps: 500 },
    { shape: [3] },
  );
  expect(notes).toMatchObject({
    process: { name: "flow", timeScale: 500 },
    prediction: "flow",
    scaling: "none",
  });
  for (const key of ["use_dynamic_shifting", "invert_sigmas", "stochastic_sampling"])
    expect(() => flowEuler({ [key]: true })).toThrow(
      `FlowMatchEulerDiscreteScheduler: ${key} is supported only as false`,
    );
  expect(() => notesOfScheduler({ _class_name: "DDIMInverseScheduler" }, { shape: [3] })).toThrow(
    "must lead from noise to data",
  );
});
