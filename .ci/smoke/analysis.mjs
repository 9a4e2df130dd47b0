import { moments, speciationTime, topSpectrum } from "@symbreak/analysis";
import { AS_IS, philoxNoise } from "@symbreak/core";
import { near } from "./assert.mjs";

const values = new Float64Array(4000 * 3);
philoxNoise(1)(values, 3, 0);
for (let at = 0; at < values.length; at += 3) values[at] *= 4;
const data = { values, count: 4000, shape: [3], units: AS_IS };
const { lambda } = topSpectrum(data);
near(lambda, 16, 1);
const [top] = (await moments(data)).covariance.eigenvalues;
near(lambda, top, 1e-9);
console.log(
  `t_S = ${speciationTime(lambda, { scale: "as-is" }).ouTime.toFixed(3)} for Λ = ${lambda.toFixed(2)}`,
);
