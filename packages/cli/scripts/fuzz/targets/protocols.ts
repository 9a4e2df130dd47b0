import {
  GRIDS,
  gridOf,
  type NoiseLevel,
  noiseToSignal,
  PROCESSES,
  processOf,
  SYMMETRIC,
  vp,
} from "@symbreak/core";
import {
  ddim,
  type Network,
  plan,
  runOf,
  type SampleProtocol,
  SOLVERS,
  sample,
  solverOf,
} from "@symbreak/samplers";
import { JSON_ATTACKS, json, must, type Target, text } from "../target.ts";

export const SOLVER_NAMES: readonly string[] = Object.keys(SOLVERS);
export const GRID_NAMES: readonly string[] = Object.keys(GRIDS);

/** Protocols: processes, grids, solvers, and whole runs, as files of results have them. */
export async function protocols(): Promise<Target[]> {
  const protocol = (await sample({ network: NETWORK, solver: ddim(), steps: 3, count: 2 }))
    .protocol;
  return [
    {
      name: "process",
      forms: [{ kind: "text", seeds: [...SPECS, ...Object.keys(PROCESSES).map(named)].map(text) }],
      attacks: [
        ...JSON_ATTACKS,
        text({ name: "toString" }),
        text({ name: "discrete", steps: 1e9 }),
        text(nested(90)),
        text({ name: "scales", sigmas: { length: 1e9 } }),
      ],
      read: async (bytes) => {
        const process = processOf(json(bytes, "process: the spec") as never);
        const { tMin, tMax } = process;
        must(
          Number.isFinite(tMin) && Number.isFinite(tMax) && tMin !== tMax,
          `times from ${tMin} to ${tMax}`,
        );
        for (const time of [tMin, tMax, process.whole ? tMax : (tMin + tMax) / 2])
          checkLevel(process.level(time));
        processOf(process.spec);
      },
    },
    {
      name: "grid",
      forms: [{ kind: "text", seeds: [...GRID_SPECS, ...GRID_NAMES.map(named)].map(text) }],
      attacks: [
        ...JSON_ATTACKS,
        text({ name: "toString" }),
        text({ name: "levels", settings: { levels: { length: 1e9 } } }),
        text({ name: "timesteps", settings: { timesteps: [1e308, -1e308] } }),
      ],
      read: async (bytes) => {
        const grid = gridOf(json(bytes, "grid: the spec") as never);
        const levels = grid.levels(NETWORK.process, 10);
        levels.forEach(checkLevel);
        levels.slice(1).forEach((level, i) => {
          must(noiseToSignal(level) <= noiseToSignal(levels[i]!), "levels that rise");
        });
      },
    },
    {
      name: "solver",
      forms: [{ kind: "text", seeds: [...SOLVER_SPECS, ...SOLVER_NAMES.map(named)].map(text) }],
      attacks: [
        ...JSON_ATTACKS,
        text({ name: "toString" }),
        text({ name: "ddim", settings: null }),
      ],
      read: async (bytes) => {
        const solver = solverOf(json(bytes, "solver: the spec") as never);
        const run = { network: NETWORK, solver, steps: 3, count: 2 };
        const { samples } = await sample(run);
        must(samples.length === 4, `${samples.length} numbers of two samples`);
        must(samples.every(Number.isFinite), "samples that are no numbers");
      },
    },
    {
      name: "protocol of a run",
      forms: [{ kind: "text", seeds: [protocol, ...varied(protocol)].map(text) }],
      attacks: [
        ...JSON_ATTACKS,
        text({ ...protocol, steps: 1e9 }),
        text({ ...protocol, count: 1e12 }),
        text({ ...protocol, seed: "x" }),
        text({ ...protocol, grid: { name: "levels", settings: { levels: null } } }),
        text({ ...protocol, start: null }),
      ],
      read: async (bytes) => {
        const read = json(bytes, "protocol: the protocol") as SampleProtocol;
        const run = plan(runOf(read, { network: NETWORK }));
        run.levels.forEach(checkLevel);
        must(
          run.levels.length - 1 === read.steps,
          `${run.levels.length - 1} of ${read.steps} steps`,
        );
      },
    },
  ];
}

function checkLevel({ alpha, sigma, timestep }: NoiseLevel): void {
  const sound = alpha >= 0 && sigma >= 0 && alpha + sigma > 0 && Number.isFinite(alpha + sigma);
  must(sound && Number.isFinite(timestep), `the level ${alpha}, ${sigma} at ${timestep}`);
}

function named(name: string): object {
  return { name, settings: {} };
}

/** A process in a process in a process. */
function nested(depth: number): object {
  return depth === 0
    ? { name: "vp" }
    : { name: "scaledTime", factor: 2, process: nested(depth - 1) };
}

/** Of two numbers. */
const NETWORK: Network = {
  name: "n",
  digest: null,
  denoiser: {
    shape: [2],
    predicts: "epsilon",
    // Of data that are nothing but zeros, x is sigma times the noise.
    predict: async (x, { sigma }) => x.map((value) => value / Math.max(sigma, 1e-6)),
  },
  process: vp(),
  units: SYMMETRIC,
};

const SPECS = [
  { name: "discrete", steps: 100 },
  { name: "discrete", steps: 100, beta: "cosine" },
  { name: "discrete", steps: 100, betaStart: 1e-4, betaEnd: 0.02, timesteps: [0, 50, 99] },
  { name: "vp", betaMin: 0.1, betaMax: 20 },
  { name: "subVp", betaMin: 0.1, betaMax: 20 },
  { name: "ve", sigmaMin: 0.01, sigmaMax: 50 },
  { name: "ou", tMax: 5 },
  { name: "vdm", gamma: { min: -13, max: 5 } },
  { name: "vdm", gamma: { values: [-13, -5, 0, 5] } },
  { name: "edm", sigmaMin: 0.002, sigmaMax: 80 },
  { name: "flow", timeScale: 1000, tMin: 0.001 },
  { name: "scales", sigmas: [10, 3, 1, 0.3], told: "index" },
  { name: "scaledTime", factor: 1000, process: { name: "vp", betaMin: 0.1, betaMax: 20 } },
];

const GRID_SPECS = [
  { name: "leading", settings: { offset: 1 } },
  { name: "karras", settings: { rho: 7, sigmaMin: 0.01, sigmaMax: 50 } },
  { name: "exponential", settings: { sigmaMin: 0.01, sigmaMax: 50 } },
  { name: "timesteps", settings: { timesteps: [0.9, 0.5, 0.1] } },
  { name: "sigmas", settings: { sigmas: [10, 1, 0.1] } },
  {
    name: "levels",
    settings: {
      levels: [
        { alpha: 0.1, sigma: 0.99, timestep: 1 },
        { alpha: 1, sigma: 0, timestep: 0 },
      ],
    },
  },
];

const SOLVER_SPECS = [
  { name: "ddim", settings: { eta: 1 } },
  { name: "dpmMultistep", settings: { order: 3 } },
  { name: "edmStochastic", settings: { churn: 10 } },
  { name: "heun", settings: {} },
  { name: "probabilityFlow", settings: { tolerance: 1e-3 } },
  { name: "predictorCorrector", settings: { snr: 0.16 } },
];

/** The protocol with other parts. */
function varied(protocol: SampleProtocol): object[] {
  return [
    { ...protocol, process: SPECS[0], grid: { name: "leading", settings: {} } },
    { ...protocol, grid: GRID_SPECS[5], steps: 1 },
    {
      ...protocol,
      threshold: { name: "clip", settings: { range: 1 } },
      seed: "12345678901234567890",
    },
    {
      ...protocol,
      condition: { classes: [0, 1, null] },
      guidance: { weight: 2, interval: [-3, 3] },
    },
    {
      ...protocol,
      start: { name: "noise", level: { alpha: 0.5, sigma: 0.8, timestep: 0.4 }, top: false },
    },
  ];
}
