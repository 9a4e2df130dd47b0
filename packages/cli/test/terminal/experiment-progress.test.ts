import { memoryStore } from "@symbreak/core";
import { expect, test } from "vitest";
import { told } from "../../src/terminal/experiment-progress.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

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

test("the time left is that of the calls left at the pace of late; parts that were there took none", async () => {
  const { written, clock, output } = recorder();
  const { progress } = told("cloning", memoryStore(), output);
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

test("the next sitting knows it from its first moment", async () => {
  const store = memoryStore();
  const first = recorder();
  const before = told("cloning", store, first.output);
  await settled();
  for (let done = 0; done <= 300; done += 10, first.clock.ms += 1000) before.progress(at(done));
  await settled();
  const second = recorder();
  const after = told("cloning", store, second.output);
  after.progress(at(0));
  await settled();
  second.clock.ms = 3000;
  after.progress(at(300, 300));
  // 700 calls at 10 a second.
  expect(second.written.at(-1)).toMatch(/30 %, about 1 min (9|10|11) s left\n/);
});

test("an experiment within a study begins anew", async () => {
  const { written, clock, output } = recorder();
  const { progress } = told("studying", memoryStore(), output);
  for (let done = 0; done <= 500; done += 100, clock.ms += 10_000) progress(at(done));
  progress({ done: 0, total: 40, kept: 0, part: "tables" });
  expect(written.at(-1)).toBe("[1/1] studying  0 %\n");
});
