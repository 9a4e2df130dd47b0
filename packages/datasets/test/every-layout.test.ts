import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everyLayout } from "../scripts/every-layout.ts";

const python = process.env.SYMBREAK_PYTHON;

// SYMBREAK_PYTHON names a python that has numpy, scipy, h5py, Pillow, pyarrow and datasets.
test.runIf(python !== undefined)(
  "every layout is read as the tool that wrote it says, or refused by name",
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "layouts-"));
    try {
      const { rows } = await everyLayout(python!, directory);
      expect(rows.length).toBeGreaterThan(140);
      const wrong = rows.flatMap(({ group, layout, wrong }) =>
        wrong.map((what) => `${group}, ${layout}: ${what}`),
      );
      expect(wrong).toEqual([]);
    } finally {
      await rm(directory, { recursive: true });
    }
  },
  400_000,
);
