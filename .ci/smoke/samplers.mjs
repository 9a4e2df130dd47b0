import { discreteSchedule, gaussian } from "@symbreak/core";
import { ddim, exactDenoiser, gaussianLateStart, sample } from "@symbreak/samplers";
import { equal, near } from "./assert.mjs";

const covariance = { kind: "diagonal", variances: Float64Array.of(25) };
const moments = { size: 1, mean: Float64Array.of(1), covariance };
const run = {
  denoiser: exactDenoiser(gaussian(moments)),
  solver: ddim(),
  process: discreteSchedule(),
};
const start = gaussianLateStart(moments, 400);
const { samples, nfe } = await sample({ ...run, steps: 3, start, count: 20_000, seed: 1 });
const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples.length / 25;
equal(nfe, 3);
near(variance, 0.9229, 0.03); // the exact answer, within three standard errors
console.log(
  `three DDIM steps from a late start keep ${(100 * variance).toFixed(1)} % of the variance`,
);
