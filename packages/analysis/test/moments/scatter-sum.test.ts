import { expect, test } from "vitest";
import { scatterAdder } from "../../src/moments/scatter-sum.ts";
import { sparseBytes } from "../random-data.ts";

test("sums of bytes over many blocks are the integers they should be", () => {
  const [count, size] = [1300, 9];
  const values = sparseBytes(count, size, 1);
  const { add, sums } = scatterAdder("test", size, true);
  add(values.subarray(0, 5 * size));
  add(values.subarray(5 * size));
  expect(sums.count).toBe(count);
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) {
      let product = 0;
      for (let n = 0; n < values.length; n += size) product += values[n + i]! * values[n + j]!;
      expect(sums.products[i * size + j]).toBe(product);
    }
});

test("bytes of 255 throughout do not overflow a block", () => {
  const { add, sums } = scatterAdder("test", 3, true);
  add(new Uint8Array(3 * 2000).fill(255));
  expect(sums.products[1]).toBe(2000 * 255 * 255);
});
