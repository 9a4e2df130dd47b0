import { discreteSchedule, gaussianMixture, levels, readClock, timesteps } from "@symbreak/core";
import { equal, near } from "./assert.mjs";

near(readClock({ alphaBar: Math.SQRT2 - 1 }).ouTime, 0.4406867935, 1e-10);
const run = levels(discreteSchedule(), timesteps("late", 5, { start: 400 }));
equal(run.map(({ timestep }) => timestep).join(), "400,300,200,100,0,-1");
const coin = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0.09, 0.09] });
equal(coin.denoise(Float64Array.of(0), { alpha: 0.6, sigma: 0.8, timestep: 0 })[0], 0);
console.log("two deltas decide at OU time 0.4407");
