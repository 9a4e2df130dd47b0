import { channelMoments } from "@symbreak/core";
import { afterEach, expect, test, vi } from "vitest";
import { classCounts } from "../../src/describe.ts";
import { findFashionMnist, loadFashionMnist } from "../../src/sets/fashion-mnist.ts";
import { countDistinct } from "../support/distinct.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

afterEach(() => vi.unstubAllEnvs());

const absent = findFashionMnist() === undefined;
const note = absent ? " (skipped: not on this machine; ssb data fetch fashion-mnist gets it)" : "";

test.skipIf(absent)(
  `Fashion-MNIST has the published counts, mean and deviation${note}`,
  async () => {
    const [train, test10k] = [await loadFashionMnist(), await loadFashionMnist({ split: "test" })];
    const expected = [
      [train, 6000, 0.2860406, 0.35302424],
      [test10k, 1000, 0.28684928, 0.35244415],
    ] as const;
    for (const [set, perClass, mean, std] of expected) {
      expect(classCounts(set)).toEqual(new Array(10).fill(perClass));
      const moments = channelMoments(set);
      expect(moments.mean[0]! / 255).toBeCloseTo(mean, 8);
      expect(moments.std[0]! / 255).toBeCloseTo(std, 8);
    }
    expect(train).toMatchObject({ name: "fashion-mnist", shape: [1, 28, 28] });
    expect(train.classNames![9]).toBe("Ankle boot");
    expect(countDistinct([train, test10k])).toBe(70_000);
  },
);

test("a set that is nowhere says where it was looked for and how to get it", async () => {
  vi.stubEnv("SYMBREAK_CACHE", temporaryFolder().path);
  if (findFashionMnist() !== undefined) return; // Debian's package is installed.
  await expect(loadFashionMnist()).rejects.toThrow(
    /expected Fashion-MNIST here or in \/usr\/share\/datasets\/fashion-mnist, found neither\. Run `ssb data fetch fashion-mnist`/,
  );
});
