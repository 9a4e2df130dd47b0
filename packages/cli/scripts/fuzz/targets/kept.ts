import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderStore, lockDirectory, readJson } from "@symbreak/files";
import { partsOf, resolveConfig } from "@symbreak/trainer";
import { readCheckpoint, writeCheckpoint } from "@symbreak/trainer/node";
import { JSON_ATTACKS, must, type Target, text, writer } from "../target.ts";
import { config } from "./configs.ts";

const PROTOCOL = { solver: "ddim", steps: 10 };
const VALUE = { fd: 1.5, n: [1, 2, 3] };

/** What runs and experiments keep for themselves: any JSON, cells, digests, locks. */
export async function kept(folder: string): Promise<Target[]> {
  const file = writer(folder);
  const cells = join(folder, "cells");
  await folderStore(cells, () => {}).set(PROTOCOL, VALUE);
  const cell = readdirSync(cells).find((name) => name.endsWith(".json"))!;
  const run = join(folder, "digested");
  const parts = partsOf(resolveConfig(config()));
  const { parameters, ...moments } = parts.step.initialState(1);
  const state = { ...moments, parameters: parameters!, ema: parameters! };
  await writeCheckpoint(run, parts, { step: 2, state, memory: undefined, engine: "none" });
  const digests = join(run, "digests.json");
  const locked = join(folder, "locked");
  mkdirSync(locked);
  const lock = await lockDirectory(locked);
  const holder = readFileSync(join(locked, ".lock"));
  await lock.release();
  return [
    {
      name: "any JSON",
      names: /a\.json/,
      forms: [{ kind: "text", seeds: [text({ a: [1, { b: "c" }], d: null, e: 1.5e-3 })] }],
      attacks: JSON_ATTACKS,
      read: (bytes) => readJson(file("a.json", bytes)),
    },
    {
      name: "kept cell",
      forms: [{ kind: "text", seeds: [new Uint8Array(readFileSync(join(cells, cell)))] }],
      attacks: JSON_ATTACKS,
      read: async (bytes) => {
        writeFileSync(join(cells, cell), bytes);
        let said = "";
        const value = await folderStore(cells, (line) => {
          said += line;
        }).get(PROTOCOL);
        must(
          value === undefined || JSON.stringify(value) === JSON.stringify(VALUE),
          "another value",
        );
        must(value !== undefined || said.includes(cell), "damage of which nothing was said");
      },
    },
    {
      name: "digests of a run",
      names: /digests\.json|state\.safetensors/,
      forms: [{ kind: "text", seeds: [new Uint8Array(readFileSync(digests))] }],
      attacks: JSON_ATTACKS,
      read: async (bytes) => {
        writeFileSync(digests, bytes);
        must((await readCheckpoint(run, parts))?.step === 2, "another step");
      },
    },
    {
      name: "lock of a directory",
      names: /locked/,
      forms: [{ kind: "text", seeds: [new Uint8Array(holder)] }],
      attacks: JSON_ATTACKS,
      read: async (bytes) => {
        writeFileSync(join(locked, ".lock"), bytes);
        await (await lockDirectory(locked, { beat: 0.001, patience: 0.002 })).release();
      },
    },
  ];
}
