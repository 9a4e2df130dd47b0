import { expect, test } from "vitest";
import { fromSchedulerConfig } from "../../src/diffusers/from-scheduler-config.ts";
import { notesOfScheduler } from "../../src/notes-of-scheduler.ts";

const FLOW = { use_flow_sigmas: true, prediction_type: "flow_prediction" };
const read = (name: string, settings: object = {}) =>
  fromSchedulerConfig(
    { _class_name: `${name}Scheduler`, ...FLOW, ...settings },
    { precision: "float32", parity: "diffusers" },
  );

// `sigmas` and `timesteps` after `set_timesteps` of diffusers 0.42.1.
test.each([
  [
    "DPMSolverMultistep",
    {},
    [0.9990000128746033, 0.7492499947547913, 0.49950000643730164, 0.24975000321865082, 0],
    [999, 749, 499, 249],
  ],
  [
    "DPMSolverMultistep",
    { final_sigmas_type: "sigma_min", flow_shift: 5 },
    [
      0.9997998476028442, 0.9675232172012329, 0.925685703754425, 0.869300365447998,
      0.7891826629638672, 0.6663553714752197, 0.4542560875415802, 0.010001329705119133,
    ],
    [999, 967, 925, 869, 789, 666, 454],
  ],
  [
    "DPMSolverSinglestep",
    { flow_shift: 3 },
    [0.9996664524078369, 0.8996397852897644, 0.7496247887611389, 0.4996665418148041, 0],
    [999, 899, 749, 499],
  ],
  [
    "DEISMultistep",
    { flow_shift: 3 },
    [
      0.9996664524078369, 0.8996397852897644, 0.7496247887611389, 0.4996665418148041,
      0.4996665418148041,
    ],
    [999, 899, 749, 499],
  ],
  [
    "UniPCMultistep",
    {},
    [0.9999989867210388, 0.750249981880188, 0.5005000233650208, 0.25075000524520874, 0],
    [999, 750, 500, 250],
  ],
  [
    "UniPCMultistep",
    { flow_shift: 3, shift_terminal: 0.1 },
    [0.9999989867210388, 0.8198560476303101, 0.5497751235961914, 0.10000000149011612, 0],
    [999, 819, 549, 99],
  ],
])("lays the flow sigmas of diffusers: %s %j", (name, settings, sigmas, timesteps) => {
  const levels = read(name, settings).levels(timesteps.length);
  expect(levels).toHaveLength(sigmas.length);
  levels.forEach(({ alpha, sigma }, i) => {
    expect(sigma).toBeCloseTo(sigmas[i]!, 7);
    expect(alpha).toBeCloseTo(1 - sigma, 7);
  });
  expect(levels.slice(0, -1).map(({ timestep }) => timestep)).toEqual(timesteps);
});

test.each(["DPMSolverMultistep", "DPMSolverSinglestep", "UniPCMultistep"])(
  "%s: the velocity of a straight line leads to its end, from noise and from a late start",
  async (name) => {
    const target = [2, -1, 0.5];
    const { process, levels, solver, denoiserOf } = fromSchedulerConfig({
      _class_name: `${name}Scheduler`,
      ...FLOW,
      flow_shift: 3,
    });
    const denoiser = denoiserOf({
      shape: [3],
      predict: async (x, { sigma }) => x.map((value, i) => (value - target[i]!) / sigma) as never,
    });
    for (const from of [undefined, process.level(600)]) {
      const walk = levels(5, from);
      if (from !== undefined) expect(walk[0]).toBe(from);
      walk.slice(1).forEach(({ sigma }, i) => {
        expect(sigma).toBeLessThan(walk[i]!.sigma);
      });
      // On the line through the target, at the first level's noise.
      const { alpha, sigma } = walk[0]!;
      let x = Float64Array.from(target, (value) => alpha * value + sigma);
      for await (const step of solver.walk(denoiser, x, walk)) x = step.x as typeof x;
      x.forEach((value, i) => {
        expect(value).toBeCloseTo(target[i]!, 9);
      });
    }
  },
);

test("the network of flow sigmas sees x as it is; what they do not go with is named", () => {
  const scheduler = { _class_name: "UniPCMultistepScheduler", num_train_timesteps: 500, ...FLOW };
  expect(notesOfScheduler(scheduler, { shape: [3] })).toMatchObject({
    process: { name: "flow", timeScale: 500 },
    prediction: "flow",
    scaling: "none",
  });
  const refused = (name: string, settings: object) => (message: string) =>
    expect(() => read(name, settings)).toThrow(message);
  refused("DEISMultistep", { prediction_type: "epsilon" })(
    "use_flow_sigmas is supported only as false",
  );
  refused("UniPCMultistep", { use_karras_sigmas: true })(
    "use_karras_sigmas is supported only as false",
  );
  refused("DPMSolverMultistep", { use_lu_lambdas: true })(
    "use_lu_lambdas is supported only as false",
  );
  refused("UniPCMultistep", { predict_x0: false })(
    'prediction_type must be another with predict_x0 false, which works with epsilon, got "flow_prediction"',
  );
  refused("DPMSolverMultistep", { algorithm_type: "dpmsolver", final_sigmas_type: "sigma_min" })(
    'prediction_type must be another with algorithm_type "dpmsolver"',
  );
  refused("UniPCMultistep", { use_flow_sigmas: false, shift_terminal: 0.1 })(
    "shift_terminal is supported only as null",
  );
  const { levels, process } = read("UniPCMultistep", {});
  expect(() => levels(4, process.level(1000))).toThrow(
    "UniPCMultistepScheduler with flow sigmas must start where there is signal",
  );
});
