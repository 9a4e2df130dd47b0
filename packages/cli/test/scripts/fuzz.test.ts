import { expect, test } from "vitest";
import { fuzz, TARGETS } from "../../scripts/fuzz/fuzz.ts";

// Attacks and good files first, then mutated ones; `scripts/fuzz/fuzz.ts` reads as many more as it is told.
test.each(TARGETS)(
  "the reader of %s reads or refuses by name, within 2 s and 512 MB",
  async (target) => {
    const { findings, refused } = await fuzz(target, 60, 1);
    expect(findings).toEqual([]);
    // The store of cells says what it cannot read and goes on.
    if (target !== "kept cell") expect(refused).toBeGreaterThan(20);
    expect(refused).toBeLessThan(60);
  },
  120_000,
);
