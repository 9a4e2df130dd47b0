import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everyScheduler, isSampled } from "../scripts/every-scheduler.ts";

const python = process.env.SYMBREAK_PYTHON;

// SYMBREAK_PYTHON names a python that has diffusers and torch.
test.runIf(python !== undefined)(
  "every scheduler that diffusers exports is sampled as there, or refused by name",
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "schedulers-"));
    try {
      const { rows } = await everyScheduler(python!, directory);
      for (const { className, settings, difference, largest, refusal } of rows) {
        const name = `${className} ${JSON.stringify(settings)}`;
        if (difference === null)
          expect(refusal, name).toMatch(new RegExp(`got "${className}"|: ${className}: `));
        else expect(difference / Math.max(1, largest!), name).toBeLessThan(1e-4);
      }
      const defaults = rows.filter(({ settings }) => Object.keys(settings).length === 0);
      const sampled = defaults.filter(({ difference }) => difference !== null);
      // What is sampled must not be refused with its own defaults.
      for (const { className, difference } of defaults)
        expect([className, difference !== null]).toEqual([className, isSampled(className)]);
      expect(sampled.length).toBe(19);
    } finally {
      await rm(directory, { recursive: true });
    }
  },
  400_000,
);
