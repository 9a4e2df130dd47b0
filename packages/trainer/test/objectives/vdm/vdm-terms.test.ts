import { constant, interpret, mul, program, reshape, type Tensor } from "@symbreak/graph";
import { describe, expect, test } from "vitest";
import {
  fixedLinear,
  learnedLinear,
  learnedMonotone,
  type NoiseSchedule,
} from "../../../src/index.ts";
import { vdmTerms } from "../../../src/objectives/vdm/vdm-terms.ts";

const LAMBDA = 2;
const N = 2048;

/** The terms' means for N(0, 2) data: four points a time whose second moments are exact, and the exact denoiser. */
function meansOf(schedule: NoiseSchedule, steps?: number): Record<string, number> {
  const times = steps ?? N;
  const points = [-1, -1, 1, 1];
  const repeat = (of: (time: number, point: number) => number): Tensor =>
    constant(
      Float64Array.from({ length: 4 * times }, (_, i) => of(Math.floor(i / 4), i % 4)),
      [4 * times, 1],
    );
  const data = repeat((_, k) => Math.sqrt(LAMBDA) * points[k]!);
  const noise = repeat((_, k) => (k % 2 === 0 ? -1 : 1));
  const t = repeat((i) => (steps ? (i + 1) / steps : (i + 0.5) / times));
  const weights = Object.fromEntries(
    schedule.parameters.map(({ name, shape, init }, i) => [
      name,
      constant(init(shape, 3, i), shape),
    ]),
  );
  const { clean, noisy } = schedule.ends(weights);
  // ε̂ = sigma z/(alpha² λ + sigma²), with gamma from the fraction that the network is told.
  const exact = (z: Tensor, told: Tensor): Tensor => {
    const values = interpret(program({ told, clean, noisy }), {});
    const factors = Float64Array.from(values.told!, (fraction) => {
      const gamma = values.clean![0]! + fraction * (values.noisy![0]! - values.clean![0]!);
      const variance = 1 / (1 + Math.exp(-gamma));
      return Math.sqrt(variance) / ((1 - variance) * LAMBDA + variance);
    });
    return mul(z, constant(factors, [4 * times, 1]));
  };
  const inputs = { data, noise, decoderNoise: noise, t: reshape(t, [4 * times]) };
  const settings = { schedule, data: "real", steps, timeScale: 1 } as const;
  const { prior, reconstruction, diffusion } = vdmTerms(exact, inputs, weights, settings);
  const values = interpret(program({ prior, reconstruction, diffusion }), {});
  return Object.fromEntries(
    Object.entries(values).map(([name, terms]) => [
      name,
      terms.reduce((sum, term) => sum + term, 0) / terms.length,
    ]),
  );
}

describe.each([fixedLinear(), learnedLinear(), learnedMonotone({ units: 16 })])(
  "$name",
  (schedule) => {
    test("the diffusion loss of Gaussian data is 6.989881 nats, as for any schedule between these ends", () => {
      // ½ ln[(1 + λ SNR_max)/(1 + λ SNR_min)].
      expect(meansOf(schedule).diffusion).toBeCloseTo(6.989881, 4);
    });

    test("discrete bounds lie above, and come closer by half with twice the steps", () => {
      const excess = [64, 128].map((steps) => meansOf(schedule, steps).diffusion! - 6.989881);
      expect(excess[0]!).toBeGreaterThan(0.05);
      expect(excess[1]! / excess[0]!).toBeCloseTo(0.5, 1);
    });
  },
);

test("prior and reconstruction of real data are their closed forms", () => {
  const found = meansOf(fixedLinear({ min: -4, max: 1 }));
  const variance = 1 / (1 + Math.exp(-1));
  const prior = 0.5 * ((1 - variance) * LAMBDA + variance - Math.log(variance) - 1);
  expect(found.prior).toBeCloseTo(prior, 10);
  expect(found.reconstruction).toBeCloseTo(0.5 * (Math.log(2 * Math.PI) - 4 + 1), 10);
});
