import { fromSchedulerConfig } from "@symbreak/networks";
import {
  partsOf,
  pipelineFiles,
  readPipeline,
  resolveConfig,
  withSettings,
} from "@symbreak/trainer";
import { configuredWord, integers, numbers } from "../../../src/parse.ts";
import { JSON_ATTACKS, json, must, type Target, text } from "../target.ts";
import { GRID_NAMES, SOLVER_NAMES } from "./protocols.ts";

/** Configurations: of training runs, of schedulers, of networks, and words of the command line. */
export function configs(): Target[] {
  return [
    {
      name: "training config",
      forms: [{ kind: "text", seeds: [config(), ...CONFIGS].map(text) }],
      attacks: [
        ...JSON_ATTACKS,
        text({ ...config(), model: { className: "toString" } }),
        text({ ...config(), model: { className: "Mlp", size: 1e9, width: 1e9, depth: 1e9 } }),
        text({ ...config(), schedule: { steps: 1e9 } }),
        text({ ...config(), batch: 1e9 }),
      ],
      read: async (bytes) => partsOf(resolveConfig(json(bytes, "config: the file"))),
    },
    {
      name: "settings (--set)",
      forms: [{ kind: "text", seeds: SETTINGS.map(text) }],
      attacks: ["__proto__.x=1", "constructor.prototype.x=1", "a", "=", ".=1", "a..b=1"].map(text),
      read: async (bytes) =>
        resolveConfig(withSettings(config(), Buffer.from(bytes).toString().split(" "))),
    },
    {
      name: "scheduler config",
      forms: [{ kind: "text", seeds: schedulers().map(text) }],
      attacks: [
        ...JSON_ATTACKS,
        text({ _class_name: "toString" }),
        text({ _class_name: "DDIMScheduler", num_train_timesteps: 1e7 }),
        text({ _class_name: "DDIMScheduler", num_train_timesteps: 1e15 }),
        text({ _class_name: "EulerDiscreteScheduler", trained_betas: { length: 1e9 } }),
      ],
      read: async (bytes) => fromSchedulerConfig(json(bytes, "scheduler: the file") as never),
    },
    pipelineTarget("network config", "config.json"),
    pipelineTarget("pipeline index", "model_index.json"),
    {
      name: "words of options",
      forms: [{ kind: "text", seeds: WORDS.map(text) }],
      attacks: ["toString", "__proto__:a=1", "ddim:__proto__=1", "ddim:=", ":", "1e999"].map(text),
      names: /^--\w+ must /,
      read: async (bytes) => {
        const word = Buffer.from(bytes).toString().slice(0, 300);
        if (/^[\d.-]/.test(word)) {
          const read = word.includes(".") ? numbers("--sigmas", word) : integers("--set", word);
          must(read!.every(Number.isFinite), `${read}`);
        } else configuredWord("--solver", word, [...SOLVER_NAMES, ...GRID_NAMES]);
      },
    },
  ];
}

/** A run of moments. */
export function config(): Record<string, unknown> {
  return {
    name: "t",
    data: { dataset: "none" },
    model: { className: "Mlp", size: 3, width: 4, depth: 1, timeFeatures: 4 },
    schedule: { kind: "linear", steps: 10, betaStart: 1e-4, betaEnd: 0.02 },
    objective: { name: "simple", prediction: "epsilon" },
    optimiser: { rate: 1e-3, betas: [0.9, 0.999], clip: 1 },
    batch: 2,
    steps: 6,
    every: { log: 1, checkpoint: 2, samples: 3 },
  };
}

const CONFIGS = [
  {
    ...config(),
    model: {
      ...{ className: "SmallUNet", sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] },
      numClassEmbeds: 3,
    },
    objective: { name: "hybrid" },
  },
  { ...config(), objective: { name: "scoreSde", process: { name: "vp" } }, schedule: undefined },
  { ...config(), objective: { name: "flow" }, schedule: undefined },
  { ...config(), objective: { name: "edm" }, schedule: undefined },
];

const SETTINGS = [
  'optimiser.rate=1e-3 batch=4 name="x"',
  'data.dataset=./images model={"className":"Mlp","size":3,"width":4,"depth":1,"timeFeatures":4}',
  'schedule.steps=100 every.log="2"',
];

const WORDS = [
  'dpmMultistep:order=3,solverType="heun"',
  "karras:rho=7,sigmaMax=80",
  "timesteps:timesteps=[999,716,0]",
  '"1",8,3',
  "0.5,1e3,7",
];

/** A pipeline one of whose files is anyone's. */
function pipelineTarget(name: string, file: string): Target {
  const { model, step, scheduler } = partsOf(resolveConfig(config()));
  const weights = Object.fromEntries(
    Object.entries(step.layout).map(([key, shape]) => [
      key,
      new Float32Array(shape.reduce((product, n) => product * n, 1)),
    ]),
  );
  const files = pipelineFiles({ model, weights, ...(scheduler && { scheduler }) });
  const at = file === "config.json" ? "unet/config.json" : file;
  const small = (options: object): Uint8Array => text({ _class_name: "SmallUNet", ...options });
  return {
    name,
    forms: [{ kind: "text", seeds: [files[at]!] }],
    attacks: [
      ...JSON_ATTACKS,
      text({ _class_name: "toString" }),
      small({ sample_size: 1e9, in_channels: 1e9, block_out_channels: [1e9] }),
      small({ sample_size: 28, in_channels: 1, block_out_channels: { length: 1e9 } }),
      text({ _class_name: "UNet2DModel", sample_size: 32, layers_per_block: 1e9 }),
      text({ _class_name: "Mlp", size: 65536, width: 65536, depth: 65536, time_features: 65536 }),
    ],
    read: (bytes) => readPipeline(async (path) => (path === at ? bytes : files[path])),
  };
}

function schedulers(): object[] {
  const common = {
    num_train_timesteps: 100,
    beta_start: 1e-4,
    beta_end: 0.02,
    beta_schedule: "linear",
  };
  return [
    { _class_name: "DDIMScheduler", ...common, set_alpha_to_one: false, steps_offset: 1 },
    { _class_name: "DDPMScheduler", ...common, variance_type: "fixed_small", clip_sample: true },
    {
      _class_name: "EulerDiscreteScheduler",
      ...common,
      use_karras_sigmas: true,
      trained_betas: null,
    },
    {
      _class_name: "DPMSolverMultistepScheduler",
      ...common,
      solver_order: 2,
      algorithm_type: "dpmsolver++",
    },
    { _class_name: "UniPCMultistepScheduler", ...common, solver_order: 2 },
    { _class_name: "EDMEulerScheduler", sigma_min: 0.002, sigma_max: 80, sigma_data: 0.5 },
    { _class_name: "FlowMatchEulerDiscreteScheduler", num_train_timesteps: 1000, shift: 3 },
    { _class_name: "DDPMScheduler", ...common, trained_betas: [0.1, 0.2, 0.3] },
  ];
}
