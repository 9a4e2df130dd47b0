import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { told } from "../../src/terminal/experiment-progress.ts";

const directory = mkdtempSync(join(tmpdir(), "pace-"));
afterAll(() => rmSync(directory, { recursive: true }));

function recorder() {
  const written: string[] = [];
  const clock = { ms: 0 };
  const output = {
    write: (text: string) => written.push(text),
    isTTY: false,
    now: () => clock.ms,
  };
  return { written, clock, output };
}

const at = (done: number, kept = 0) => ({ done, total: 1000, kept, part: "cloning" });

test("the time left is that of the calls left at the pace of late; parts that were there took none", () => {
  const { written, clock, output } = recorder();
  const { progress } = told("cloning", undefined, output);
  progress(at(0));
  // Half of it was there: at once.
  progress(at(500, 500));
  for (let done = 500; done <= 800; done += 10) {
    clock.ms += 1000;
    progress(at(done, 500));
  }
  expect(written[0]).toBe("cloning …\n");
  // Ten calls a second, whatever was there before.
  const [, percent, seconds] = /(\d+) %, about (\d+) s left/.exec(written.at(-1)!)!;
  expect(Number(percent)).toBeGreaterThan(60);
  expect(Math.abs(Number(seconds) - (1000 - 10 * Number(percent)) / 10)).toBeLessThan(3);
});

test("the next sitting knows it from its first moment", () => {
  const first = recorder();
  const before = told("cloning", directory, first.output);
  for (let done = 0; done <= 300; done += 10, first.clock.ms += 1000) before.progress(at(done));
  const second = recorder();
  const after = told("cloning", directory, second.output);
  after.progress(at(0));
  second.clock.ms = 3000;
  after.progress(at(300, 300));
  // 700 calls at 10 a second.
  expect(second.written.at(-1)).toMatch(/30 %, about 1 min (9|10|11) s left\n/);
  // What is finished leaves nothing behind.
  expect(existsSync(join(directory, "pace.json"))).toBe(true);
  after.end();
  expect(existsSync(join(directory, "pace.json"))).toBe(false);
});

test("an experiment within a study begins anew", () => {
  const { written, clock, output } = recorder();
  const { progress } = told("studying", undefined, output);
  for (let done = 0; done <= 500; done += 100, clock.ms += 10_000) progress(at(done));
  progress({ done: 0, total: 40, kept: 0, part: "tables" });
  expect(written.at(-1)).toBe("[1/1] studying  0 %\n");
});

test("what is foreseen so far is done before more is foreseen: it does not say that all is done", () => {
  const { written, clock, output } = recorder();
  const { progress } = told("comparing", undefined, output);
  const calls = (done: number, total: number, part: string) =>
    progress({ done, total, kept: 0, part });
  calls(0, 400, "the loss of the network");
  clock.ms = 20_000;
  calls(400, 400, "the loss of the network");
  calls(400, 400, "choosing starts");
  clock.ms = 40_000;
  calls(800, 1600, "DDIM, 3 steps");
  expect(written).toEqual([
    "the loss of the network …\n",
    "choosing starts …\n",
    "DDIM, 3 steps …\n",
    "[1/1] comparing  50 %, about 40 s left\n",
  ]);
});
