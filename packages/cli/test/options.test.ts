import { expect, test } from "vitest";
import { loadOptions } from "../src/options.ts";

test("loadOptions reads what was given and leaves out the rest", () => {
  expect(loadOptions({})).toEqual({});
  expect(
    loadOptions({ classes: "1,8", "per-class": "50", pad: "32", channel: "gray", split: "test" }),
  ).toEqual({
    classes: [1, 8],
    perClass: 50,
    pad: 32,
    channel: "gray",
    split: "test",
  });
  expect(loadOptions({ channel: "0" })).toEqual({ channel: 0 });
});

test("loadOptions names the option that it cannot read", () => {
  expect(() => loadOptions({ "per-class": "many" })).toThrow(
    '--per-class must be a number, got "many"',
  );
  expect(() => loadOptions({ channel: "red" })).toThrow('--channel must be a number, got "red"');
});
