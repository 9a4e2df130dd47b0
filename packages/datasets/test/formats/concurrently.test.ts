import { expect, test } from "vitest";
import { concurrently } from "../../src/formats/concurrently.ts";

test("every index is worked on once, never more than the limit at a time", async () => {
  const seen: number[] = [];
  let running = 0;
  let most = 0;
  await concurrently(20, 3, async (i) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(i);
    running--;
  });
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(most).toBe(3);
});

test("the first failure is thrown and stops the rest", async () => {
  let started = 0;
  const work = async (i: number): Promise<void> => {
    started++;
    await new Promise((resolve) => setImmediate(resolve));
    if (i === 1) throw new Error("one");
  };
  await expect(concurrently(1000, 2, work)).rejects.toThrow("one");
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(started).toBeLessThan(5);
});
