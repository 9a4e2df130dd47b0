import { expect, test } from "vitest";
import { ssb } from "../support/ssb.ts";

interface Engine {
  readonly name: string;
  readonly available: boolean;
  readonly description?: string;
  readonly reason?: string;
  readonly install?: string;
}

test("doctor --json tells Node, cores, memory, data sets, and of each engine what it is or why not", {
  timeout: 60_000,
}, async () => {
  const { code, stdout } = await ssb(["doctor", "--json"]);
  expect(code).toBe(0);
  const result = JSON.parse(stdout);
  expect(result.node).toBe(process.version);
  expect(result.cores).toBeGreaterThan(0);
  const engines: Engine[] = result.engines;
  expect(engines.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["onnxruntime-node", "onnxruntime-web", "tfjs-node-gpu", "tfjs-node"]),
  );
  for (const { name, available, description, reason, install } of engines)
    if (available) expect(description).toContain(name);
    else
      expect([reason, install]).toEqual([
        expect.stringMatching(/\w{3}/),
        expect.stringMatching(/\w{3}/),
      ]);
  expect(result.datasets).toContainEqual(expect.objectContaining({ name: "mnist" }));
});

test("doctor prints tables for people", { timeout: 60_000 }, async () => {
  const { code, stdout } = await ssb(["doctor"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Node +v\d+/m);
  expect(stdout).toMatch(/^onnxruntime-node +(yes|no)/m);
  expect(stdout).toMatch(/^mnist +yes/m);
});
