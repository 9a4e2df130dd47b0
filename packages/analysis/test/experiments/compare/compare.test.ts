import {
  discreteSchedule,
  edm,
  type ForwardProcess,
  flow,
  gaussian,
  memoryStore,
  ve,
} from "@symbreak/core";
import { ddim, pndm } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { compare } from "../../../src/experiments/compare/compare.ts";
import type { ExperimentProgress } from "../../../src/experiments/experiment.ts";
import { COORDINATES, drawsOf, exactNetwork, POWERS, TWO_CLASSES } from "../exact-network.ts";

const FEW = { samples: 120, scan: 40, real: 400, steps: [3] };

test("on Gaussian data the late start keeps mean and variance where noise loses them", async () => {
  const law = gaussian({
    size: 2,
    mean: Float64Array.of(3, 0),
    covariance: { kind: "diagonal", variances: Float64Array.of(25, 1) },
  });
  const result = await compare(exactNetwork(law), drawsOf(law, 5000, 9), {
    ...FEW,
    extractor: COORDINATES,
    solvers: [ddim({ eta: 1 })],
    samples: 600,
    real: 2000,
  });
  const [{ usual, tuned, late, teleport }] = result.gains as [(typeof result.gains)[0]];
  const fd = (cell: typeof usual) => cell.quality.frechet.value;
  expect(usual).toMatchObject({ solver: "ddim:eta=1", steps: 3, nfe: 3, timestep: 666 });
  // Theory, for the large mode: of noise the final variance is 0.2428 · 25 and the mean off by 0.2173 · 3.
  const large = 25 * (1 - Math.sqrt(0.2428)) ** 2 + (0.2173 * 3) ** 2;
  expect(Math.abs(fd(usual) - large)).toBeLessThan(1.2);
  expect(fd(late)).toBeLessThan(fd(usual) / 5);
  expect(fd(tuned)).toBeLessThanOrEqual(fd(usual));
  // From index 999, alphaBar 4e-5, teleported noise is the Gaussian up to 0.6 % of its mean.
  expect(teleport).toMatchObject({ start: "teleport", timestep: late.timestep });
  expect(fd(teleport!)).toBeCloseTo(fd(late), 1);
  // The data are the Gaussian: the distance cannot tell them apart, and says so.
  expect(result.discrimination!.sees).toBe(false);
  expect(result.warnings.join(" ")).toContain("cannot judge starts");
  expect(result.gaussian!.count).toBe(600);
  expect(result.unseen!.count).toBe(600);
}, 120_000);

test("rows against the strongest noise, reference rows and automatic starts, on samples of their own", async () => {
  const network = exactNetwork(TWO_CLASSES);
  const data = drawsOf(TWO_CLASSES, 1200, 1);
  const seen: ExperimentProgress[] = [];
  const result = await compare(
    network,
    data,
    { ...FEW, extractor: POWERS, solvers: [ddim(), pndm()], trial: 40, alsoSteps: [5], full: 0 },
    { progress: (at) => seen.push(at) },
  );
  expect(result.gains.map(({ solver, nfe }) => [solver, nfe])).toEqual([
    ["ddim", 3],
    ["pndm", 9],
  ]);
  const { tuned, late, auto } = result.gains[0]!;
  for (const cell of [tuned, late, auto!]) expect(cell).toMatchObject({ first: 40, count: 120 });
  const own = result.scan.filter(({ solver }) => solver === "ddim");
  for (const [start, cell] of [
    ["noise", tuned],
    ["late", late],
  ] as const) {
    const best = own
      .filter((other) => other.start === start)
      .reduce((a, b) => (b.quality.frechet.value < a.quality.frechet.value ? b : a));
    expect([cell.timestep, cell.grid]).toEqual([best.timestep, best.grid]);
  }
  const grids = (start: string) =>
    new Set(own.filter((cell) => cell.start === start).map(({ grid = "own" }) => grid));
  expect(grids("noise")).toEqual(new Set(["own", "trailing", "karras:rho=7", "information"]));
  expect(grids("late")).toEqual(new Set(["own", "karras:rho=7", "information"]));
  // A bimodal law is far from its Gaussian in fourth powers.
  expect(result.discrimination!.sees).toBe(true);
  const { floor } = result.discrimination!;
  const { usual, unbiased } = result.gains[0]!;
  const excess = (cell: typeof usual) => cell.quality.frechet.value - floor.mean;
  if (unbiased.tuned !== null) expect(unbiased.tuned).toBeCloseTo(excess(tuned) / excess(late), 9);
  // The two reference rows stand where the discrimination says.
  expect(result.gaussian!.frechet.value).toBeCloseTo(result.discrimination!.gaussian, 6);
  expect(result.unseen!.frechet.value).toBeLessThan(result.gaussian!.frechet.value);
  const five = result.table.filter(({ steps }) => steps === 5);
  expect(new Set(five.map(({ solver }) => solver))).toEqual(new Set(["ddim", "pndm"]));
  expect(result.autos[0]!.reason).toMatch(/^Of \d+ starts with 40 samples each/);
  const done = seen.map((at) => at.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(seen.every((at) => at.done <= at.total)).toBe(true);
  expect(seen.flatMap(({ finding }) => finding ?? []).join(" ")).toContain(
    "DDIM, 3 steps: FD-powers",
  );
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
}, 120_000);

test("what is finished is kept under the digests of network and data: resumed, it asks the network nothing twice", async () => {
  const data = drawsOf(TWO_CLASSES, 400, 1);
  const store = memoryStore();
  const effort = { extractor: POWERS, solvers: [ddim()], steps: [2] };
  const few = { ...effort, samples: 20, scan: 20, real: 100 };
  let asked = 0;
  const signal = {
    aborted: false,
    throwIfAborted() {
      if (++asked > 120) throw new Error("stopped");
    },
  };
  const stopped = exactNetwork(TWO_CLASSES);
  await expect(compare(stopped, data, few, { store, signal })).rejects.toThrow("stopped");
  const resumed = exactNetwork(TWO_CLASSES);
  const found = await compare(resumed, data, few, { store });
  const whole = exactNetwork(TWO_CLASSES, null);
  const { protocol, ...fresh } = await compare(whole, data, few, { store });
  expect({ ...fresh, protocol: { ...protocol, network: found.protocol.network } }).toEqual(found);
  expect(resumed.calls()).toBeLessThan(0.9 * whole.calls());
  const again = exactNetwork(TWO_CLASSES);
  expect(await compare(again, data, few, { store })).toEqual(found);
  // Only the choice of starts is made again: some 20 levels of 64 samples.
  expect(again.calls()).toBeLessThan(64 * 25);
  // Other weights share nothing, and what has no digest is not kept.
  for (const digest of ["b".repeat(64), null]) {
    const other = exactNetwork(TWO_CLASSES, digest);
    await compare(other, data, few, { store });
    expect(other.calls()).toBe(whole.calls());
  }
}, 120_000);

test("a network that is worse than the best linear predictor is called so first", async () => {
  const wrong = exactNetwork(TWO_CLASSES);
  const noise = { ...wrong.denoiser, predict: async (x: Float64Array) => x.map((v) => -v) };
  const network = { ...wrong, denoiser: noise as typeof wrong.denoiser };
  const effort = { ...FEW, extractor: POWERS, solvers: [ddim()], samples: 20, scan: 20, real: 100 };
  const { warnings } = await compare(network, drawsOf(TWO_CLASSES, 300, 1), effort);
  expect(warnings[0]).toMatch(/worse than the best linear predictor at \d+ of \d+/);
}, 120_000);

test("what does not fit is refused by name", async () => {
  const network = exactNetwork(TWO_CLASSES);
  const data = drawsOf(TWO_CLASSES, 100, 1);
  const effort = { extractor: POWERS };
  await expect(compare(network, data, { ...effort, sample: 3 } as never)).rejects.toThrow("sample");
  await expect(compare(network, data, { ...effort, steps: [1] })).rejects.toThrow("steps must be");
  await expect(
    compare(network, { ...data, units: { name: "unit", a: [1], b: [0] } }, effort),
  ).rejects.toThrow('data must be in the units "as-is"');
});

test.each<[string, ForwardProcess]>([
  ["edm", edm()],
  ["flow", flow()],
  ["ve", ve()],
  ["zero terminal SNR", discreteSchedule({ zeroTerminalSnr: true })],
])(
  "a network of the process %s is compared like one of a chain",
  async (_, process) => {
    const network = { ...exactNetwork(TWO_CLASSES), process };
    const effort = { extractor: POWERS, solvers: [ddim()], steps: [3] };
    const few = { ...effort, samples: 30, scan: 20, real: 100 };
    const result = await compare(network, drawsOf(TWO_CLASSES, 400, 1), few);
    const [{ usual, late }] = result.gains as [(typeof result.gains)[0]];
    expect(usual.timestep).toBeGreaterThan(0.6 * process.tMax);
    expect(late.ouTime).toBeGreaterThan(0);
    expect(result.warnings.join()).not.toContain("worse than the best linear predictor");
  },
  120_000,
);
