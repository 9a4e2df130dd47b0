import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDataset } from "@symbreak/datasets";
import { imageGrid } from "@symbreak/figures";
import { expect, onTestFinished, test, vi } from "vitest";
import { heldOutOf } from "../src/held-out.ts";
import { pngBytes } from "../src/png-bytes.ts";

/** A folder of splits with two grey images of each class, of this side. */
async function folderOf(splits: Record<string, { classes: string[]; side: number }>) {
  const root = await mkdtemp(join(tmpdir(), "held-out-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [split, { classes, side }] of Object.entries(splits))
    for (const name of classes) {
      await mkdir(join(root, split, name), { recursive: true });
      for (const level of [60, 190]) {
        const images = new Uint8Array(side * side).fill(level);
        const { uri } = imageGrid({ images, shape: [1, side, side], columns: 1, gap: 0 });
        await writeFile(join(root, split, name, `${level}.png`), pngBytes(uri));
      }
    }
  return root;
}

const train = { classes: ["cat", "dog", "fish"], side: 4 };

test("classes of the test split are those of the data by name, and others are left out aloud", async () => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  const root = await folderOf({ train, test: { classes: ["dog", "emu", "fish"], side: 4 } });
  const heldOut = await heldOutOf(root, {}, await loadDataset(root));
  expect(Array.from(heldOut!.labels!)).toEqual([1, 1, 2, 2]);
  expect(said.mock.calls.join("")).toContain("left out: 2 samples of classes that the data lack");
});

test("a test split of another size is left out aloud", async () => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  const root = await folderOf({ train, test: { ...train, side: 5 } });
  expect(await heldOutOf(root, {}, await loadDataset(root))).toBeUndefined();
  expect(said.mock.calls.join("")).toMatch(
    /left out: all samples, \d×5×5 where the data are \d×4×4/,
  );
});
