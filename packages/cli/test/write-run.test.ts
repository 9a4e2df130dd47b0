import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeRun } from "../src/write-run.ts";

const scratch = () => mkdtempSync(join(tmpdir(), "ssb-write-"));

test("writeRun makes the directory and replaces what a run of that name left", () => {
  const directory = join(scratch(), "runs", "demo");
  writeRun(directory, { "report.html": "old", "result.json": "{}" });
  writeRun(directory, { "report.html": "new" });
  expect(readFileSync(join(directory, "report.html"), "utf8")).toBe("new");
  expect(readdirSync(directory).sort()).toEqual(["report.html", "result.json"]);
});

test("writeRun leaves no fragment behind when it cannot write", () => {
  const directory = scratch();
  writeFileSync(join(directory, "taken"), "");
  expect(() => writeRun(directory, { "taken/report.html": "x" })).toThrow();
  expect(readdirSync(directory)).toEqual(["taken"]);
});

test("writeRun stops listening for interrupts once it is done", async () => {
  writeRun(scratch(), { a: "1" });
  await new Promise(setImmediate);
  expect(process.listenerCount("SIGINT")).toBe(0);
});
