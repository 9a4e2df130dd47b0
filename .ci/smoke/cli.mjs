import { execFileSync } from "node:child_process";
import { near } from "./assert.mjs";

const ssb = (...args) =>
  execFileSync(process.execPath, ["node_modules/@symbreak/cli/dist/bin.js", ...args], {
    encoding: "utf8",
  });
const { thetaCritical } = JSON.parse(ssb("theory", "two-deltas", "--json"));
near(thetaCritical, 0.6435942529, 1e-10);
const { lambda } = JSON.parse(
  ssb("analyze", "mnist", "--classes", "1,8", "--per-class", "500", "--json"),
).spectrum;
near(lambda, 30, 3);
console.log(`ssb analyze: Λ = ${lambda.toFixed(3)}`);
