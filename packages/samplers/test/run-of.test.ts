import {
  AS_IS,
  discreteSchedule,
  edm,
  even,
  exponential,
  type ForwardProcess,
  flow,
  type Grid,
  gaussianMixture,
  karras,
  leading,
  levelAt,
  levelRule,
  linspaced,
  type Moments,
  type NoiseLevel,
  type Samples,
  scales,
  sigmaList,
  subVp,
  timestepList,
  torchNoise,
  trailing,
  ve,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import {
  classOf,
  clip,
  type Denoiser,
  ddim,
  ddpm,
  dynamicThreshold,
  exactDenoiser,
  gaussianLateStart,
  type Network,
  noisedStart,
  noiseStart,
  pndm,
  predictorCorrector,
  probabilityFlow,
  runOf,
  type SampleOptions,
  type SampleProtocol,
  SOLVERS,
  type Start,
  sample,
  solverOf,
} from "../src/index.ts";

const law = gaussianMixture({
  weights: [1, 2],
  means: [
    [1, 0, -1],
    [-1, 2, 0],
  ],
  covariances: [0.2, 0.1],
});
const moments = law.moments();
const schedule = discreteSchedule();

/** The same law whatever the class, whose samples are shifted by their class: a conditional network. */
const conditional: Denoiser = {
  ...exactDenoiser(law),
  predict: async (x, level, asked) =>
    law.denoise(x, level).map((value, i) => {
      const { samples, condition } = asked!;
      const label = condition && classOf(condition, samples![Math.floor(i / 3)]!);
      return value + (label ?? 0);
    }),
};
const network: Network = {
  name: "mixture",
  digest: "5e".repeat(32),
  denoiser: conditional,
  process: schedule,
  units: { range: [-1, 1] } as never,
  moments,
  classes: { count: 10, unconditional: true },
};

const stored = (protocol: SampleProtocol): SampleProtocol => JSON.parse(JSON.stringify(protocol));

/** Runs, stores the protocol, and runs that again. */
async function twice(options: SampleOptions, sources: { moments?: Moments; start?: Start } = {}) {
  const first = await sample(options);
  const { denoiser, table } = options;
  const given = options.network ? { network: options.network } : { denoiser: denoiser! };
  const again = await sample(runOf(stored(first.protocol), { ...given, table, ...sources }));
  expect(again.samples).toEqual(first.samples);
  expect(again.levels).toEqual(first.levels);
  expect(again.nfe).toBe(first.nfe);
  expect(again.protocol).toEqual(first.protocol);
  expect(stored(first.protocol)).toEqual(first.protocol);
  return first;
}

const grids: Record<string, [Grid, number | undefined]> = {
  leading: [leading(), 4],
  trailing: [trailing(), 4],
  karras: [karras({ sigmaMin: 0.05 }), 4],
  "a list of timesteps": [timestepList([990, 700, 300, 20]), undefined],
  "a rule": [
    levelRule((steps, from) =>
      from === undefined
        ? trailing().levels(schedule, steps)
        : linspaced().levels(schedule, steps, from),
    ),
    4,
  ],
};
const starts: Record<string, Start> = {
  "the top": noiseStart(),
  "noise at 500": noiseStart(500),
  "noise at the top of the chain": noiseStart(999),
  "a late start at 500": gaussianLateStart(moments, 500),
};

for (const name of Object.keys(SOLVERS))
  describe(`the run of a protocol is the same to the last bit: ${name}`, () => {
    const settings = name === "annealedLangevin" ? { stepsPerLevel: 3 } : {};
    for (const [gridName, [grid, steps]] of Object.entries(grids))
      for (const [startName, start] of Object.entries(starts)) {
        // The official repository's PNDM cannot start from 999.
        const off = name === "fPndm" && (gridName === "a rule" || gridName === "trailing");
        if (off || (name === "fPndm" && startName.endsWith("chain"))) continue;
        test(`${gridName}, from ${startName}`, async () => {
          const run = {
            denoiser: exactDenoiser(law),
            process: schedule,
            count: 5,
            first: 2,
            seed: 3n,
          };
          const solver = solverOf({ name, settings });
          const count = steps === undefined ? {} : { steps };
          await twice({ ...run, solver, grid, start, ...count }, { moments });
        });
      }
  });

describe("runOf", () => {
  const run = { denoiser: exactDenoiser(law), solver: ddpm(), count: 3, seed: 1 };

  test("makes every process again", async () => {
    const processes: readonly [ForwardProcess, number][] = [
      [schedule, 400],
      [discreteSchedule({ kind: "cosine", steps: 50, precision: "float32" }), 20],
      [discreteSchedule({ betas: [0.01, 0.02, 0.3, 0.4] }), 3],
      [vp({ betaMax: 15 }), 0.5],
      [subVp(), 0.5],
      [ve({ sigmaMax: 30 }), 0.5],
      [edm(), 0.3],
      [flow(), 0.7],
      [scales({ sigmas: [5, 2, 1, 0.3] }), 2],
    ];
    for (const [process, at] of processes) {
      await twice({ ...run, solver: ddim(), process, steps: 3 });
      await twice({ ...run, solver: ddim(), process, steps: 2, start: noiseStart(at) });
    }
  });

  test("lays every grid again", async () => {
    for (const grid of [linspaced(), leading({ offset: 1 }), exponential(), karras({ rho: 3 })])
      await twice({ ...run, process: schedule, grid, steps: 4 });
    await twice({ ...run, process: schedule, grid: sigmaList([20, 5, 1, 0.2, 0]) });
    await twice({ ...run, process: vp(), grid: even(), steps: 4 });
  });

  test("keeps thresholds, precision, shards and large seeds", async () => {
    const options = { ...run, process: schedule, steps: 4, seed: 12345678901234567890n };
    for (const threshold of [clip(0.5), dynamicThreshold({ ratio: 0.9, max: 2 }), null]) {
      const { protocol } = await twice({ ...options, threshold, precision: "float64" });
      expect(protocol.threshold?.name ?? null).toBe(threshold?.name ?? null);
    }
    const [whole, clipped] = [
      await twice({ ...options, count: 6 }),
      await twice({ ...options, threshold: clip(0.5) }),
    ];
    expect(clipped.samples).not.toEqual(whole.samples.slice(0, 9));
    const shard = await twice({ ...options, first: 3 });
    expect(shard.samples).toEqual(whole.samples.slice(9));
  });

  test("a threshold of the network's own is not lost, nor one that was switched off", async () => {
    const clipping = { ...network, defaults: { threshold: clip(0.3), grid: trailing() } };
    const options = { network: clipping, solver: ddim(), steps: 3, count: 4, seed: 1 };
    const own = await twice(options);
    const off = await twice({ ...options, threshold: null });
    expect(own.protocol.threshold).toEqual({ name: "clip", settings: { range: 0.3 } });
    expect(own.protocol.grid.name).toBe("trailing");
    expect(off.protocol.threshold).toBeNull();
    expect(off.samples).not.toEqual(own.samples);
  });

  test("keeps the batch of solvers that couple its samples", async () => {
    const options = { ...run, process: vp(), grid: even(), steps: 3, count: 6, batch: 4 };
    for (const solver of [
      predictorCorrector({ norms: "batch" }),
      probabilityFlow({ control: "batch", path: "process" }),
    ]) {
      const { samples } = await twice({ ...options, solver });
      expect((await sample({ ...options, solver, batch: 6 })).samples).not.toEqual(samples);
    }
  });

  test("keeps a condition, and takes the late start's moments from the network", async () => {
    const options = { network, solver: ddim({ eta: 1 }), steps: 4, count: 7, seed: 2 };
    const start = gaussianLateStart(moments, 400);
    const { samples, protocol } = await twice({
      ...options,
      start,
      condition: { classes: [3, null] },
    });
    expect(protocol.condition).toEqual({ classes: [3, null] });
    expect(protocol.network).toEqual({ name: "mixture", digest: network.digest });
    expect((await sample({ ...options, start })).samples).not.toEqual(samples);
  });

  test("refuses another network, or none", async () => {
    const { protocol } = await sample({ network, solver: ddim(), steps: 2 });
    const other = { ...network, digest: "00".repeat(32) };
    expect(() => runOf(protocol, { network: other })).toThrow(
      `runOf: the network must be the protocol's, with digest ${network.digest}, got "${other.digest}"`,
    );
    expect(() => runOf(protocol, { denoiser: conditional })).toThrow(
      'runOf: the network "mixture" must be given',
    );
    const bare = await sample({ ...run, process: schedule, steps: 2 });
    expect(() => runOf(bare.protocol, { network })).toThrow("runOf: the network must be");
  });

  test("refuses what it cannot make again", async () => {
    const late = { ...run, process: schedule, steps: 2, start: gaussianLateStart(moments, 400) };
    const { protocol } = await sample(late);
    expect(() => runOf(protocol, run)).toThrow(
      'runOf: the start\'s moments or the start itself must be given, got "late"',
    );
    const noised = noisedStart(Float64Array.of(1, 0, -1), 300);
    const sketched = await sample({ ...late, start: noised });
    expect(() => runOf(sketched.protocol, { ...run, moments })).toThrow('got "noised"');
    await twice({ ...late, start: noised }, { start: noised });
    const torch = await sample({ ...late, seed: undefined as never, noise: torchNoise(0) });
    expect(() => runOf(torch.protocol, { ...run, moments })).toThrow(
      "runOf: the protocol must have a seed; its noise was the caller's",
    );
  });

  test("asks for the training levels where the run had them", async () => {
    const table = Array.from({ length: 1000 }, (_, i) => levelAt(schedule, 999 - i));
    const options = { ...run, solver: pndm(), process: schedule, steps: 4 };
    const { samples, protocol } = await twice({ ...options, table });
    expect((await sample(options)).samples).not.toEqual(samples);
    const { denoiser } = run;
    expect(() => runOf(protocol, { denoiser })).toThrow("runOf: table must be given, as it was");
    expect(() => runOf({ ...protocol, table: false }, { denoiser, table })).toThrow(
      "runOf: table must not be given",
    );
  });

  test("refuses names that are in no table", async () => {
    const { protocol } = await sample({ ...run, process: schedule, steps: 2 });
    const { denoiser } = run;
    const mine = { name: "mine", settings: {} };
    for (const [change, message] of [
      [{ solver: mine }, "solverOf: name must be one of"],
      [{ grid: mine }, "gridOf: name must be one of"],
      [{ threshold: mine }, 'thresholdOf: name must be "clip" or "dynamicThreshold"'],
      [{ process: { name: "mine" } }, "processOf: name must be one of"],
    ] as const)
      expect(() => runOf({ ...protocol, ...change }, { denoiser })).toThrow(message);
  });
});

describe("a sample's class belongs to its number", () => {
  /** Which class each sample was asked about, by its number. */
  async function classesAsked(extra: Partial<SampleOptions>) {
    const seen = new Map<number, Set<number | null>>();
    const watched: Denoiser = {
      ...conditional,
      predict(x: Samples, level: NoiseLevel, asked) {
        const { samples, condition } = asked!;
        expect(samples!.length).toBe(x.length / 3);
        for (const number of Array.from(samples!))
          seen.set(number, (seen.get(number) ?? new Set()).add(classOf(condition!, number)));
        return conditional.predict(x, level, asked);
      },
    };
    const made = await sample({
      denoiser: watched,
      process: schedule,
      steps: 3,
      solver: ddim(),
      condition: { classes: [7, null, 2, 2, 5] },
      seed: 4,
      ...extra,
    });
    return { made, seen };
  }

  for (const solver of [ddim(), ddpm(), probabilityFlow({ rtol: 1e-2, atol: 1e-2 }), pndm()])
    test(`in batches of 1, 4 and 64, and in shards: ${solver.name}`, async () => {
      const { made, seen } = await classesAsked({ solver, count: 66, batch: 64 });
      for (let i = 0; i < 66; i++) expect([...seen.get(i)!]).toEqual([[7, null, 2, 2, 5][i % 5]]);
      for (const batch of [1, 4]) {
        const other = await classesAsked({ solver, count: 13, batch });
        expect(other.made.samples).toEqual(made.samples.slice(0, 39));
        expect(other.seen).toEqual(new Map([...seen].filter(([number]) => number < 13)));
      }
      const shard = await classesAsked({ solver, first: 61, count: 5, batch: 2 });
      expect(shard.made.samples).toEqual(made.samples.slice(61 * 3));
      expect(shard.seen).toEqual(new Map([...seen].filter(([number]) => number > 60)));
    });
});

test("a protocol out of a file is checked before it runs", async () => {
  const network: Network = {
    name: "n",
    digest: null,
    denoiser: exactDenoiser(law),
    process: vp(),
    units: AS_IS,
  };
  const { protocol } = await sample({ network, solver: ddim(), steps: 3, count: 2 });
  const refused = (change: object | null, what: string) =>
    expect(() => runOf((change && { ...protocol, ...change }) as never, { network })).toThrow(what);
  refused(null, "runOf: the protocol must be an object");
  refused({ seed: "x" }, "runOf: seed must be decimal");
  refused({ seed: 5 }, "runOf: seed must be decimal");
  refused({ steps: "3" }, "runOf: steps must be a positive integer");
  refused({ steps: undefined }, "runOf: steps must be a positive integer");
  refused({ table: undefined }, "runOf: table must be true or false");
  refused({ grid: null }, "runOf: grid: the spec must be an object");
  refused({ solver: undefined }, "runOf: solver: the spec must be an object");
  refused({ process: 1 }, "processOf: the spec must be an object");
  refused({ threshold: "clip" }, "thresholdOf: the spec must be an object");
  refused({ start: null }, "runOf: start: options must be an object");
  refused({ start: { ...protocol.start, top: undefined } }, "start.top must be true or false");
  refused({ start: { ...protocol.start, level: { alpha: 1 } } }, "runOf: start: a level must have");
  const levels = [protocol.start.level, { alpha: 1, sigma: 0, timestep: 0 }];
  refused({ grid: { name: "levels", settings: { levels } } }, "2 levels are 1 steps, got 3");
  expect(() => solverOf(null as never)).toThrow("solverOf: the spec must be an object");
  expect(() => solverOf({ name: "ddim", settings: { eta: "1" } })).toThrow("eta must be a finite");
});
