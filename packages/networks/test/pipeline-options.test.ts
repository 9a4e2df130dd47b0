import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sample } from "@symbreak/samplers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openNetwork } from "../src/node/index.ts";

const PIPELINE = fileURLToPath(
  new URL("../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "options-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("a network alone is sampled with the scheduler that is given, as its pipeline is", async () => {
  const scheduler = { _class_name: "DDIMScheduler", beta_schedule: "squaredcos_cap_v2" };
  await cp(join(PIPELINE, "unet"), join(directory, "unet"), { recursive: true });
  await expect(openNetwork(join(directory, "unet"))).rejects.toThrow(
    "it has no scheduler (give one)",
  );
  const alone = await openNetwork(join(directory, "unet"), { scheduler });
  const replaced = await openNetwork(PIPELINE, { scheduler });
  const samples = [alone, replaced].map(async (network) => {
    const run = { network, solver: network.defaults!.solver!, steps: 3, count: 2 };
    return (await sample(run)).samples;
  });
  expect(await samples[0]).toEqual(await samples[1]);
});

test("misspelt options and schedulers that are unknown are named", async () => {
  await expect(openNetwork(PIPELINE, { schedular: {} } as never)).rejects.toThrow(
    'openNetwork: options must be among runtime, notes, units, moments, scheduler, sampleSize, session, workers, got "schedular"',
  );
  const scheduler = { _class_name: "LCMScheduler" };
  await expect(openNetwork(PIPELINE, { scheduler })).rejects.toThrow('got "LCMScheduler"');
});
