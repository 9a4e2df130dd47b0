import { expect, test } from "vitest";
import { checkLevel, checkNumbers, checkSpec } from "../src/index.ts";

test("a spec is an object with a name, and settings that are an object", () => {
  for (const spec of [null, [], 1, "vp", {}, { name: ["vp"] }, undefined])
    expect(() => checkSpec("f", spec)).toThrow("f: the spec must be an object with a name");
  expect(() => checkSpec("f", { name: "a", settings: [] })).toThrow(
    "f: the settings of a must be an object",
  );
  checkSpec("f", { name: "a" });
  checkSpec("f", { name: "a", settings: { b: 1 } });
});

test("options that are numbers are no texts that look like them, and have no other keys", () => {
  checkNumbers("f", { a: 1, b: undefined }, ["a", "b"]);
  for (const value of ["1", [1], null, true, Number.NaN, Infinity])
    expect(() => checkNumbers("f", { a: value }, ["a"])).toThrow("f: a must be a finite number");
  expect(() => checkNumbers("f", { c: 1 }, ["a"])).toThrow("f: options must be among a");
});

test("a level has signal or noise, and a timestep", () => {
  checkLevel("f", { alpha: 1, sigma: 0, timestep: -1 });
  for (const level of [
    null,
    { alpha: -1, sigma: 1, timestep: 0 },
    { alpha: 0, sigma: 0, timestep: 0 },
    { alpha: 1, sigma: 1 },
    { alpha: 1, sigma: Infinity, timestep: 0 },
    { alpha: "1", sigma: 1, timestep: 0 },
  ])
    expect(() => checkLevel("f", level as never)).toThrow("f: a level must have");
});
