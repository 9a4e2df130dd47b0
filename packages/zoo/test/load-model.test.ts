import { expect, test } from "vitest";
import { loadModel } from "../src/index.ts";

test("an unknown name is an error that lists the names", async () => {
  await expect(loadModel("imagenet")).rejects.toThrow(
    /^loadModel: name must be one of .*mnist-classifier.*, got "imagenet"$/,
  );
  await expect(loadModel("toString")).rejects.toThrow(RangeError);
});

test("bytes are the caller's own: changing them changes no later ones", async () => {
  const model = await loadModel("mnist-classifier");
  const first = await model.weights();
  first.fill(0);
  const second = await model.weights();
  expect(second.some((byte) => byte !== 0)).toBe(true);
});
