import { moments } from "@symbreak/analysis";
import { sliceSamples, withUnits } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { expect, test } from "vitest";
import { openExtractor } from "../../src/compare/extractor.ts";

async function opened(name: string, options: { pad?: number; resize?: number; limit?: number }) {
  const set = withUnits(await loadDataset("mnist", { limit: 60, ...options }), "unit");
  const found = await moments(set);
  return { set, extractor: await openExtractor(name, { set, moments: found }) };
}

test("a classifier sees padded images as they were before", async () => {
  const [plain, padded] = [
    await opened("zoo:mnist-classifier", {}),
    await opened("zoo:mnist-classifier", { pad: 32 }),
  ];
  expect(padded.extractor.description).toContain("cropped to 1×28×28");
  expect(plain.extractor.description).not.toContain("cropped");
  const [a, b] = await Promise.all(
    [plain, padded].map(({ set, extractor }) => extractor.judge(set)),
  );
  expect(a).toEqual(b);
});

test("smaller images are not those that a classifier knows", async () => {
  await expect(opened("zoo:mnist-classifier", { resize: 8 })).rejects.toThrow(
    "looks at images of 1×28×28, and these are 1×8×8: take another --extractor, or lite0",
  );
  const { extractor } = await opened("pca4", { resize: 8 });
  expect(extractor.name).toBe("pca4");
  expect(extractor.classes).toBeUndefined();
});

test.each(["lite0", "random"])(
  "%s looks at images of any size, along 64 directions",
  async (name) => {
    const { set, extractor } = await opened(name, { limit: 70, resize: 8 });
    const { features } = await extractor.judge(sliceSamples(set, 0, 3));
    expect(features.shape).toEqual([64]);
    expect(features.values.length).toBe(3 * 64);
    expect(extractor.description).toContain("64 principal directions of 70 real images");
  },
);
