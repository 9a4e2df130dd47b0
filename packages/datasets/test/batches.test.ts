import { expect, test } from "vitest";
import { type Batch, batches } from "../src/batches.ts";
import { imageSet } from "./support/image-set.ts";

const set = imageSet([0, 10, 1, 11, 2, 12], {
  count: 3,
  shape: [1, 1, 2],
  labels: Uint8Array.of(5, 6, 7),
});

async function collect(all: AsyncIterable<Batch>): Promise<Batch[]> {
  const list: Batch[] = [];
  for await (const batch of all) list.push(batch);
  return list;
}

test("batches go through the set in order, the last one shorter, without a copy", async () => {
  const [first, last, ...none] = await collect(batches(set, 2, "unit"));
  expect(none).toEqual([]);
  expect(first!.values).toEqual(Uint8Array.of(0, 10, 1, 11));
  expect(first!.labels).toEqual(Uint8Array.of(5, 6));
  expect(last!.values).toEqual(Uint8Array.of(2, 12));
  expect(last!.values.buffer).toBe(set.images.buffer);
  expect(first).toMatchObject({ size: 2, scale: { name: "unit", a: [1 / 255] } });
});

test("the scale is of the whole set, not of the batch", async () => {
  const [first, last] = await collect(batches(set, 2, "zscore"));
  expect(first!.scale).toBe(last!.scale);
});

test("a length below one is refused", async () => {
  await expect(collect(batches(set, 0, "unit"))).rejects.toThrow(
    "batches: length must be a positive integer, got 0",
  );
});
