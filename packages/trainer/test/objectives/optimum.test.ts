import {
  convert,
  discreteSchedule,
  exponentialSigmas,
  flow,
  gaussian,
  levelAt,
  type NoiseLevel,
  type Prediction,
  subVp,
  ve,
  vp,
} from "@symbreak/core";
import {
  broadcastTo,
  constant,
  gradients,
  input,
  interpret,
  mul,
  program,
  reshape,
} from "@symbreak/graph";
import { expect, test } from "vitest";
import { flowMatching, type Objective, scoreMatching, scoreSde, simple } from "../../src/index.ts";
import { gaussianPoints, SCRIPTED } from "./scripted-random.ts";

const GROUPS = 5;
const VARIANCE = 1.7;
const schedule = discreteSchedule({ steps: GROUPS, betaEnd: 0.6, betaStart: 0.05 });
const discrete = (t: number): NoiseLevel => levelAt(schedule, t);
const sigmas = exponentialSigmas(GROUPS, { sigmaMin: 0.1, sigmaMax: 2 });
const scale = (i: number): NoiseLevel => ({ alpha: 1, sigma: sigmas[i]!, timestep: i });

const cases: [Objective, (timestep: number) => NoiseLevel][] = [
  [simple({ schedule }), discrete],
  [simple({ schedule, prediction: "v" }), discrete],
  [simple({ schedule, prediction: "sample" }), discrete],
  [simple({ schedule, prediction: "v", minSnr: 1 }), discrete],
  [scoreMatching({ sigmas }), scale],
  [scoreMatching({ sigmas, prediction: "epsilon" }), scale],
  // At t = V/(1 + V) the best velocity does not depend on x: the times stay away from there.
  [flowMatching({ logitMean: 0.3 }), flow({ timeScale: 1000 }).level],
  [flowMatching({ times: "uniform", timeScale: 1 }), flow().level],
  ...[vp({ tMin: 0.01 }), ve({ sigmaMax: 3 }), subVp()].flatMap((process) =>
    (["simple", "likelihood"] as const).map((weighting): (typeof cases)[number] => [
      scoreSde({ process, weighting, prediction: "score" }),
      process.level,
    ]),
  ),
];

/** The exact prediction for N(0, VARIANCE) at x = 1: it is linear in x. */
function exactSlope(level: NoiseLevel, prediction: Prediction): number {
  const covariance = { kind: "diagonal", variances: Float64Array.of(VARIANCE) } as const;
  const data = gaussian({ size: 1, mean: Float64Array.of(0), covariance });
  const one = Float64Array.of(1);
  return convert(data.denoise(one, level), one, level, "sample", prediction)[0]!;
}

test.each(cases)("the exact denoiser of a Gaussian has the least $name", (objective, levelOf) => {
  const count = 4 * GROUPS;
  const data = gaussianPoints(GROUPS, VARIANCE);
  const { feeds } = objective.prepare({ data, count }, SCRIPTED);
  const slopes = Array.from(feeds.timestep!, (t) => exactSlope(levelOf(t), objective.prediction!));
  // One factor for each time, 1 where the network is exact.
  const factors = input("factors", [GROUPS, 1]);
  const spread = reshape(broadcastTo(factors, [GROUPS, 4]), [count, 1]);
  const { loss } = objective.loss(
    (x) => mul(mul(x, constant(slopes, [count, 1])), spread),
    Object.fromEntries(
      Object.entries(objective.inputs([1])).map(([name, { shape }]) => {
        return [name, input(name, [count, ...shape])];
      }),
    ),
    {},
  );
  const graph = program({ gradient: gradients(loss, [factors])[0]! });
  const at = (factor: number): Float64Array =>
    interpret(graph, { ...feeds, factors: new Float64Array(GROUPS).fill(factor) }).gradient!;
  const [exact, more, less] = [at(1), at(1.1), at(0.9)];
  for (let i = 0; i < GROUPS; i++) {
    expect(more[i]).toBeGreaterThan(0);
    expect(less[i]).toBeLessThan(0);
    expect(Math.abs(exact[i]! / more[i]!)).toBeLessThan(1e-4);
  }
});
