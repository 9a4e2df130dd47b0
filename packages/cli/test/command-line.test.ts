import { expect, test } from "vitest";
import { commandLine } from "../src/command-line.ts";

test("commandLine quotes what a shell would split or expand", () => {
  expect(commandLine(["analyze", "my images", "--classes", "1,8"])).toBe(
    "ssb analyze 'my images' --classes 1,8",
  );
  expect(commandLine(["data", "info", "it's$HOME"])).toBe(`ssb data info 'it'\\''s$HOME'`);
});
