import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configJsonSchema } from "../../../src/node/run/config-json-schema.ts";
import { loadConfig } from "../../../src/node/run/load-config.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "config-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("a module, a JSON file and a run's directory are read", async () => {
  const file = (name: string) => join(directory, name);
  await writeFile(file("a.mjs"), "export default { steps: 1 + 1 };");
  await writeFile(file("config.json"), '{ "steps": 3 }');
  expect(await loadConfig(file("a.mjs"))).toEqual({ steps: 2 });
  expect(await loadConfig(file("config.json"))).toEqual({ steps: 3 });
  expect(await loadConfig(directory)).toEqual({ steps: 3 });
});

test("what cannot be read is named", async () => {
  await writeFile(join(directory, "b.mjs"), "export const steps = 1;");
  await writeFile(join(directory, "c.json"), "{");
  await expect(loadConfig(join(directory, "b.mjs"))).rejects.toThrow("must have a default export");
  await expect(loadConfig(join(directory, "c.json"))).rejects.toThrow("c.json cannot be read");
  await expect(loadConfig(join(directory, "d.ts"))).rejects.toThrow("there is no such file");
});

test("the JSON schema asks for what has no default and refuses unknown keys", () => {
  expect(configJsonSchema()).toMatchObject({
    required: ["name", "data", "model", "batch", "steps"],
    additionalProperties: false,
    properties: { batch: { type: "integer", minimum: 1 }, seed: { default: 0 } },
  });
});
