import { expect, test } from "vitest";
import { fuzz } from "../../scripts/fuzz/fuzz.ts";
import { TARGETS } from "../../scripts/fuzz/targets.ts";

/** They say what they cannot read, and go on without it. */
const PATIENT = ["kept cell", "lock of a directory"];

// Attacks and good files first, then mutated ones; `scripts/fuzz/fuzz.ts` reads as many more as it is told.
test.concurrent.each(Object.keys(TARGETS))(
  "the reader of %s reads or refuses by name, within 2 s and 512 MB",
  async (target) => {
    const { findings, refused } = await fuzz(target, 60, 1);
    expect(findings).toEqual([]);
    if (!PATIENT.includes(target)) expect(refused).toBeGreaterThan(20);
    expect(refused).toBeLessThan(60);
  },
  600_000,
);
