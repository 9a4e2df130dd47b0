import { expect, test } from "vitest";
import { loadWeights } from "../src/index.ts";

test("an unknown name is an error that lists the names", async () => {
  await expect(loadWeights("imagenet")).rejects.toThrow(
    /^loadWeights: name must be one of .*mnist-classifier.*, got "imagenet"$/,
  );
  await expect(loadWeights("toString")).rejects.toThrow(RangeError);
});

test("bytes are the caller's own: changing them changes no later ones", async () => {
  const first = await loadWeights("mnist-classifier");
  first.fill(0);
  const second = await loadWeights("mnist-classifier");
  expect(second.some((byte) => byte !== 0)).toBe(true);
});
