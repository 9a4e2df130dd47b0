import { AS_IS, dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { batches } from "../../src/run/training-data.ts";

/** Three 1 × 1 × 2 images. */
const values = Uint8Array.of(0, 1, 10, 11, 20, 21);
const shape = [1, 1, 2];
const data = dataOf(values, shape, AS_IS);

test("a batch holds the images and labels of its places, in the units of the network", () => {
  const read = batches(
    {
      ...dataOf(values, shape, { name: "test", a: [0.5], b: [-1] }),
      labels: Uint8Array.of(5, 6, 7),
    },
    { batch: 3, seed: 0 },
  );
  for (const step of [0, 1, 2]) {
    const { data, labels, count } = read(step);
    expect(count).toBe(3);
    expect([...labels!].toSorted()).toEqual([5, 6, 7]);
    for (let i = 0; i < 3; i++) {
      const first = 10 * (labels![i]! - 5);
      expect([...data.subarray(2 * i, 2 * i + 2)]).toEqual([first / 2 - 1, (first + 1) / 2 - 1]);
    }
  }
});

test("epochs follow each other without a break, whatever the batch", () => {
  const at = (batch: number, steps: number) => {
    const read = batches(data, { batch, seed: 3 });
    return Array.from({ length: steps }, (_, step) => [...read(step).data]).flat();
  };
  expect(at(4, 3)).toEqual(at(2, 6));
});

test("flips mirror about half of the images, and only when asked", () => {
  const image = dataOf(Float32Array.of(1, 2, 3, 4), [1, 2, 2]);
  const plain = batches(image, { batch: 50, seed: 1 })(0).data;
  const flipped = batches(image, { batch: 50, seed: 1, flip: true })(0).data;
  let mirrored = 0;
  for (let i = 0; i < 50; i++) {
    expect([...plain.subarray(4 * i, 4 * i + 4)]).toEqual([1, 2, 3, 4]);
    const one = [...flipped.subarray(4 * i, 4 * i + 4)].join("");
    expect(["1234", "2143"]).toContain(one);
    if (one === "2143") mirrored++;
  }
  expect(mirrored).toBeGreaterThan(10);
  expect(mirrored).toBeLessThan(40);
});

test("data that do not fit together are named", () => {
  const options = { batch: 1, seed: 0 };
  expect(() => batches({ ...data, shape: [1, 2, 2] }, options)).toThrow(
    "data.values must hold count (3) samples of 4 numbers",
  );
  expect(() => batches({ ...data, labels: Uint8Array.of(1) }, options)).toThrow(
    "data.labels must be one a sample, 3",
  );
  expect(() => batches({ ...data, units: { name: "two", a: [1, 1], b: [0, 0] } }, options)).toThrow(
    "one a and b for each channel of 1×1×2",
  );
  expect(() => batches({ ...data, shape: [2] }, { ...options, flip: true })).toThrow(
    "flip must be false",
  );
});
