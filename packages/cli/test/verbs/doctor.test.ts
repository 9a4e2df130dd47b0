import { expect, test } from "vitest";
import { call, json } from "../support/call.ts";

interface Engine {
  readonly name: string;
  readonly available: boolean;
  readonly version?: string;
  readonly reason?: string;
}

test("doctor --json tells Node, cores, memory, engines with a version or a reason, and data sets", {
  timeout: 60_000,
}, async () => {
  const result = await json(["doctor"]);
  expect(result.node).toBe(process.version);
  expect(result.cores as number).toBeGreaterThan(0);
  const engines = result.engines as Engine[];
  expect(engines.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "onnxruntime-node",
      "onnxruntime-web",
      "@tensorflow/tfjs-node-gpu",
      "@tensorflow/tfjs-node",
    ]),
  );
  for (const { available, version, reason } of engines)
    expect(available ? version : reason).toMatch(available ? /^\d+\.\d+/ : /\w{3}/);
  expect(result.datasets).toContainEqual(expect.objectContaining({ name: "mnist" }));
});

test("doctor prints a table for people", { timeout: 60_000 }, async () => {
  const { code, stdout } = await call(["doctor"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Node +v\d+/m);
  expect(stdout).toMatch(/^onnxruntime-node +/m);
});
