import { expect, test } from "vitest";
import { linearGamma, logSnr, vdm } from "../../src/index.ts";

test("gamma is −log SNR, −13.3 at 0 and 5 at 1", () => {
  expect(logSnr(vdm().level(0))).toBeCloseTo(13.3, 9);
  expect(logSnr(vdm().level(1))).toBeCloseTo(-5, 12);
});

test("½∫ gamma′ E|epsilon − epsilonHat|² is ½ ln[(1 + λ SNR_max)/(1 + λ SNR_min)] for any gamma: 6.989881 nats at λ = 2", () => {
  const cubic = {
    spec: { values: [] },
    at: (t: number) => -13.3 + 18.3 * t ** 3,
    slope: (t: number) => 54.9 * t * t,
  };
  for (const gamma of [linearGamma(), cubic]) {
    // For N(0, λ) data the exact denoiser leaves E|ε − ε̂|² = alpha² λ/(alpha² λ + sigma²).
    const process = vdm(gamma);
    const error = (t: number) => {
      const [signal, noise] = [2 * process.alpha(t) ** 2, process.sigma(t) ** 2];
      return (0.5 * gamma.slope(t) * signal) / (signal + noise);
    };
    const n = 4000;
    let sum = 0;
    for (let i = 0; i <= n; i++)
      sum += (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * error(i / n);
    expect(sum / (3 * n)).toBeCloseTo(6.989881, 6);
  }
});
