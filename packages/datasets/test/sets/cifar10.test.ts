import { channelMoments, perPixelVariance } from "@symbreak/core";
import { afterEach, expect, test, vi } from "vitest";
import { classCounts } from "../../src/describe.ts";
import { sha256 } from "../../src/digest.ts";
import { findCifar } from "../../src/formats/cifar-folder.ts";
import { channel } from "../../src/select/channel.ts";
import { select } from "../../src/select/select.ts";
import { cifar10Directory, loadCifar10 } from "../../src/sets/cifar10.ts";
import { writeBinaries } from "../support/cifar-folder.ts";
import { countDistinct } from "../support/distinct.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

const absent = findCifar(cifar10Directory(), "train") === undefined;
const note = absent ? " (skipped: not on this machine; ssb data fetch cifar10 gets it)" : "";

test.skipIf(absent)(
  `CIFAR-10 has the published counts, labels, means and deviations${note}`,
  async () => {
    const [train, test10k] = [await loadCifar10(), await loadCifar10({ split: "test" })];
    expect(classCounts(train)).toEqual(new Array(10).fill(5000));
    expect(classCounts(test10k)).toEqual(new Array(10).fill(1000));
    expect(Array.from(train.labels!.subarray(0, 10))).toEqual([6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
    expect(Array.from(test10k.labels!.subarray(0, 5))).toEqual([3, 8, 8, 0, 6]);
    const { mean, std } = channelMoments(train);
    for (const [c, value] of [0.49139968, 0.48215841, 0.44653091].entries()) {
      expect(mean[c]! / 255).toBeCloseTo(value, 8);
    }
    for (const [c, value] of [0.24703223, 0.24348513, 0.26158784].entries()) {
      expect(std[c]! / 255).toBeCloseTo(value, 8);
    }
    for (const [c, value] of [0.49421428, 0.48513139, 0.45040909].entries()) {
      expect(channelMoments(test10k).mean[c]! / 255).toBeCloseTo(value, 8);
    }
    expect(countDistinct([train, test10k])).toBe(60_000);
  },
);

test.skipIf(absent)(
  `the first 3000 cars and horses are the reference selection${note}`,
  async () => {
    const set = select(await loadCifar10(), { classes: [1, 7], perClass: 3000 });
    expect(sha256(set.values)).toBe(
      "0c7d05a491ac2432d1edc44e9bf9131e076aa2dd7efe3cf894675c3db1143131",
    );
    expect(perPixelVariance(set) / 255 ** 2).toBeCloseTo(0.06536345857855597, 14);
    const red = channel(set, 0);
    expect(sha256(red.values)).toBe(
      "6d273b68f0b7d37ae8b4b761db88dc289a6a4e991cac5d788c0d3b36df72e805",
    );
    expect(perPixelVariance(red) / 255 ** 2).toBeCloseTo(0.0651174976480029, 14);
  },
);

test("a set of the same form is not CIFAR-10", async () => {
  writeBinaries("other", write);
  await expect(loadCifar10({ directory: `${path}/other` })).rejects.toThrow(
    `${path}/other: expected content with sha256 9d5c2edd`,
  );
});

test("a set that has not been fetched says how to get it", async () => {
  vi.stubEnv("SYMBREAK_CACHE", path);
  await expect(loadCifar10()).rejects.toThrow(
    `${path}/cifar10: expected CIFAR-10 as .bin files or PNG sheets, found neither. Run \`ssb data fetch cifar10\``,
  );
});
