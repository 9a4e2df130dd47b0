import { expect, test, vi } from "vitest";
import { kept } from "../../src/work/kept.ts";
import { memoryStore } from "../../src/work/store.ts";

test("a protocol is a key by its content; values are copies", async () => {
  const store = memoryStore();
  const value = { fd: 1.25 };
  await store.set({ solver: "ddim", steps: 10 }, value);
  value.fd = 0;
  expect(await store.get({ steps: 10, solver: "ddim" })).toEqual({ fd: 1.25 });
  expect(await store.get({ steps: 11, solver: "ddim" })).toBeUndefined();
  await expect(store.set("key", { fd: Number.NaN })).rejects.toThrow("fd must be plain");
});

test("what was kept is not made again", async () => {
  const store = memoryStore();
  const make = vi.fn(() => [1, 2]);
  const fresh = await kept(store, { b: 1 }, () => ({ y: -0, x: [{ d: undefined, c: 1 }] }));
  const again = await kept(store, { b: 1 }, () => expect.fail("it is there"));
  expect(JSON.stringify(fresh)).toBe('{"x":[{"c":1}],"y":0}');
  expect(JSON.stringify(again)).toBe(JSON.stringify(fresh));
  expect(await kept(store, { a: 1 }, make)).toEqual([1, 2]);
  expect(await kept(store, { a: 1 }, make)).toEqual([1, 2]);
  expect(make).toHaveBeenCalledTimes(1);
  await kept(store, { a: 2 }, make);
  expect(make).toHaveBeenCalledTimes(2);
});
