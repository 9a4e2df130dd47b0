import {
  AS_IS,
  type Data,
  dataOf,
  discreteSchedule,
  flow,
  gaussian,
  gaussianMixture,
  type Moments,
  philoxNoise,
  UNIT,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import {
  affineScoreTest,
  checkFit,
  checkNetwork,
  classOf,
  exactDenoiser,
  type Network,
} from "../../src/index.ts";

const law = gaussianMixture({
  weights: [1, 1],
  means: [
    [2, 1, 0],
    [-2, 0.5, 1],
  ],
  covariances: [0.3, 0.2],
});
const values = law.sample(500, philoxNoise(3)) as Float64Array;
const data = dataOf(values, [3]);
const network: Network = {
  name: "two bumps",
  digest: null,
  denoiser: exactDenoiser(law),
  process: discreteSchedule(),
  units: AS_IS,
  moments: law.moments(),
};
const scaled = (factor: number): Data =>
  dataOf(
    values.map((v) => factor * v),
    [3],
  );
const moments = (of: Data): Moments => {
  const mean = Float64Array.from({ length: 3 }, (_, j) => average(of, (row) => row[j]!));
  const variances = mean.map((m, j) => average(of, (row) => (row[j]! - m) ** 2));
  return { size: 3, mean, covariance: { kind: "diagonal", variances } };
};
function average({ values: all, count }: Data, of: (row: ArrayLike<number>) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += of(Array.from(all.subarray(3 * i, 3 * i + 3)));
  return sum / count;
}

describe("checkNetwork", () => {
  test("lets a network pass on its own data, by chains and by flows that end without signal", async () => {
    const tests = await checkNetwork({ network, data });
    expect(tests).toHaveLength(20);
    expect(Math.min(...tests.map(({ lossRatio }) => lossRatio!))).toBeLessThan(0.9);
    const flowing = { ...network, process: flow() };
    expect((await checkNetwork({ network: flowing, data })).length).toBeGreaterThan(10);
  });

  test("lets the best linear predictor itself pass", async () => {
    const linear = { ...network, denoiser: exactDenoiser(gaussian(law.moments())) };
    const tests = await checkNetwork({ network: linear, data });
    for (const { lossRatio } of tests) expect(lossRatio).toBeCloseTo(1, 9);
  });

  const misfits: [string, Network, Data][] = [
    ["another scale", network, scaled(0.3)],
    ["another scale", network, scaled(127.5)],
    ["another prediction", { ...network, denoiser: { ...network.denoiser, predicts: "v" } }, data],
    ["another noise", { ...network, denoiser: noisier() }, data],
    [
      "no training",
      {
        ...network,
        denoiser: {
          shape: [3],
          predicts: "epsilon",
          predict: async (x) => x.map(() => 0) as never,
        },
      },
      data,
    ],
    [
      "another order of numbers",
      network,
      dataOf(
        values.map((_, i) => values[3 * Math.floor(i / 3) + 2 - (i % 3)]!),
        [3],
      ),
    ],
  ];
  test.each(misfits)("refuses %s, naming what it may be", async (_, misfit, seen) => {
    const checked = checkNetwork({ network: misfit, data: seen, moments: moments(seen) });
    await expect(checked).rejects.toThrow(
      /^two bumps does not fit the data: .* worse than the best linear predictor at \d+ of 20 levels .* the units \("as-is"\), the data, what it predicts \("\w+"\)/,
    );
  });

  /** The network, told a tenth of the noise. */
  function noisier(): Network["denoiser"] {
    const { denoiser } = network;
    const told = ({
      alpha,
      sigma,
      timestep,
    }: {
      alpha: number;
      sigma: number;
      timestep: number;
    }) => ({
      alpha: Math.sqrt(1 - (sigma / 10) ** 2) * Math.sign(alpha),
      sigma: sigma / 10,
      timestep,
    });
    return { ...denoiser, predict: (x, level) => denoiser.predict(x, told(level)) };
  }

  test("tells a conditional network the labels of the data", async () => {
    const halves = [law.conditional([0]), law.conditional([1])].map((part) => ({
      denoiser: exactDenoiser(part),
      values: part.sample(40, philoxNoise(5)),
    }));
    const labelled: Data = {
      ...dataOf(Float64Array.of(...halves[0]!.values, ...halves[1]!.values), [3]),
      labels: Uint8Array.from({ length: 80 }, (_, i) => Math.floor(i / 40)),
    };
    const asked: (number | null)[] = [];
    const conditional: Network = {
      ...network,
      classes: { count: 2, unconditional: false },
      denoiser: {
        ...network.denoiser,
        async predict(x, level, { samples, condition } = {}) {
          const out = new Float64Array(x.length);
          for (let i = 0; i < x.length / 3; i++) {
            const own = classOf(condition!, samples![i]!);
            asked.push(own);
            const row = Float64Array.from(x.subarray(3 * i, 3 * i + 3));
            out.set(await halves[own!]!.denoiser.predict(row, level), 3 * i);
          }
          return out;
        },
      },
    };
    await checkNetwork({ network: conditional, data: labelled, count: 10 });
    expect(asked.slice(0, 10)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    const { labels: _, ...bare } = labelled;
    await expect(checkNetwork({ network: conditional, data: bare })).rejects.toThrow(
      "data must have labels",
    );
  });

  test("names other units, shapes, missing moments and misspelt options", async () => {
    const refused = (options: object, message: string) =>
      expect(checkNetwork({ network, data, ...options })).rejects.toThrow(message);
    await refused({ data: { ...data, units: UNIT } }, 'data must be in the units "as-is"');
    await refused({ moments: { ...law.moments(), units: UNIT } }, "moments must be in the units");
    await refused({ data: dataOf(values, [1, 1, 3]) }, "data must have the network's shape [3]");
    await refused({ network: { ...network, moments: undefined } }, "moments must be given");
    await refused({ counts: 3 }, "options must be among");
    const { denoiser, process } = network;
    const levels = [process.level(500), process.level(400)];
    const without = await affineScoreTest({ denoiser, moments: law.moments(), levels });
    expect(() => checkFit(network, without)).toThrow("tests must be made on data");
  });
});
