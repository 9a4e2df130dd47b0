import { expect, test } from "vitest";
import { loadTestData } from "../../src/train/load-test-data.ts";

const units = { scale: "symmetric", flip: false } as const;

test("the test images are of the classes and shape trained on, and all of them", async () => {
  const data = { dataset: "mnist", classes: [1, 8], perClass: 5000, limit: 20, pad: 32, ...units };
  const set = await loadTestData(data);
  expect(set).toMatchObject({ split: "test", count: 1135 + 974, shape: [1, 32, 32] });
});

test("there are none for other data, nor for a test split", async () => {
  expect(await loadTestData({ dataset: "./images", ...units })).toBeUndefined();
  expect(await loadTestData({ dataset: "mnist", split: "test", ...units })).toBeUndefined();
});
