/**
 * Prints the table of the README: what each solver makes of a mixture's exact denoiser, by network calls.
 *
 * node --conditions=source packages/samplers/scripts/error-table.ts
 */
import {
  discreteSchedule,
  gaussianMixture,
  levelAt,
  levels,
  type NoiseLevel,
  philoxNoise,
  timesteps,
} from "@symbreak/core";
import * as samplers from "../src/index.ts";

const WEIGHTS = [0.5, 0.3, 0.2];
const MEANS = [-1, 0.3, 1.1];
const SPREAD = 0.1;
const COUNT = 20_000;
const BUDGETS = [5, 10, 20, 50, 100];

const mixture = gaussianMixture({
  weights: WEIGHTS,
  means: MEANS.map((mean) => [mean]),
  covariances: MEANS.map(() => SPREAD ** 2),
});
const denoiser = samplers.exactDenoiser(mixture);
const schedule = discreteSchedule();
const table = Array.from({ length: schedule.steps }, (_, i) => levelAt(schedule, 999 - i));

type Row = [name: string, solver: samplers.Solver];
const ROWS: readonly Row[] = [
  ["ddim = euler", samplers.ddim()],
  ["heun", samplers.heun()],
  ["kdpm2", samplers.kdpm2()],
  ["pndm", samplers.pndm()],
  ["pndm, skip-PRK", samplers.pndm({ skipPrk: true })],
  ["ipndm", samplers.ipndm()],
  ["lms", samplers.lms()],
  ["deis 3", samplers.deis({ order: 3 })],
  ["dpmMultistep 2", samplers.dpmMultistep()],
  ["dpmMultistep 3", samplers.dpmMultistep({ order: 3 })],
  ["dpmSinglestep 2", samplers.dpmSinglestep()],
  ["dpmSinglestep 3", samplers.dpmSinglestep({ order: 3 })],
  ["uniPc 2", samplers.uniPc()],
  ["uniPc 3", samplers.uniPc({ order: 3 })],
  ["ddpm = ddim with eta 1 = eulerAncestral", samplers.ddpm()],
  ["kdpm2Ancestral", samplers.kdpm2Ancestral()],
  ["edmStochastic", samplers.edmStochastic()],
  ["dpmMultistep 2, SDE", samplers.dpmMultistep({ algorithm: "sde-dpmsolver++" })],
];

/** Quantiles of the mixture at a level, at the middles of `COUNT` equal shares. */
function quantiles({ alpha, sigma }: Pick<NoiseLevel, "alpha" | "sigma">): Float64Array {
  const deviation = Math.hypot(alpha * SPREAD, sigma);
  const cdf = (x: number) =>
    MEANS.reduce(
      (sum, mean, k) => sum + WEIGHTS[k]! * normalCdf((x - alpha * mean) / deviation),
      0,
    );
  let x = -12;
  return Float64Array.from({ length: COUNT }, (_, i) => {
    let [low, high] = [x, 12];
    for (let k = 0; k < 50; k++) {
      const middle = (low + high) / 2;
      if (cdf(middle) < (i + 0.5) / COUNT) low = middle;
      else high = middle;
    }
    x = low;
    return (low + high) / 2;
  });
}

/** Φ(z) to 1e-15 by its series and its continued fraction. */
function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < -4) {
    let tail = 0;
    for (let k = 60; k > 0; k--) tail = k / (-z + tail);
    return density / (-z + tail);
  }
  let [sum, term] = [z, z];
  for (let k = 1; k < 80; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density * sum;
}

const START = quantiles(table[0]!);
const TARGET = quantiles({ alpha: 1, sigma: 0 });

/** The 2-Wasserstein distance of the run's end to the mixture: both sorted. */
async function run([, solver]: Row, steps: number): Promise<{ nfe: number; error: number }> {
  const walk = levels(schedule, timesteps("trailing", steps));
  const options = { table, noise: philoxNoise(0) };
  let last: samplers.Step | undefined;
  for await (const step of solver.walk(denoiser, START, walk, options)) last = step;
  const end = last!.x.toSorted();
  const square = TARGET.reduce((sum, value, i) => sum + (value - end[i]!) ** 2, 0);
  return { nfe: last!.nfe, error: Math.sqrt(square / COUNT) };
}

/** The most steps within a budget of calls, counted with a batch of one. */
async function within([, solver]: Row, budget: number): Promise<number> {
  for (let steps = budget; steps > 0; steps--) {
    const walk = levels(schedule, timesteps("trailing", steps));
    const options = { table, noise: philoxNoise(0) };
    let nfe = 0;
    for await (const step of solver.walk(denoiser, START.slice(0, 1), walk, options))
      nfe = step.nfe;
    if (nfe <= budget) return steps;
  }
  return 0;
}

console.log(`| solver | ${BUDGETS.map((budget) => `${budget} calls`).join(" | ")} |`);
console.log(`|---|${BUDGETS.map(() => "---").join("|")}|`);
for (const row of ROWS) {
  const cells = [];
  for (const budget of BUDGETS) {
    const { nfe, error } = await run(row, await within(row, budget));
    cells.push(error.toPrecision(2) + (nfe === budget ? "" : ` (${nfe})`));
  }
  console.log(`| ${row[0]} | ${cells.join(" | ")} |`);
}
