import { expect, test } from "vitest";
import { duration, progress } from "../../src/terminal/progress.ts";

function recorder(isTTY: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const output = { write: (text: string) => written.push(text), isTTY, now: () => clock.ms };
  return { written, clock, output };
}

test("progress is silent for work that ends within two seconds", () => {
  const { written, clock, output } = recorder(true);
  const bar = progress({ load: 1, sample: 1 }, output);
  bar.phase("load");
  clock.ms = 1900;
  bar.phase("sample");
  bar.at(0.9);
  bar.end();
  expect(written).toEqual([]);
});

test("progress extrapolates the time left from the planned cost of the phases", () => {
  const { written, clock, output } = recorder(true);
  const bar = progress({ load: 1, sample: 3 }, output);
  bar.phase("load");
  clock.ms = 3000;
  bar.phase("sample");
  expect(written.at(-1)).toBe("\r\u001b[K[2/2] sample  25 %, about 9 s left");
  clock.ms = 6000;
  bar.at(1 / 3);
  expect(written.at(-1)).toContain("[2/2] sample  50 %, about 6 s left");
});

test("progress writes plain lines, ten seconds apart, where there is no terminal", () => {
  const { written, clock, output } = recorder(false);
  const bar = progress({ sample: 1 }, output);
  bar.phase("sample");
  for (clock.ms = 0; clock.ms <= 30_000; clock.ms += 500) bar.at(clock.ms / 40_000);
  bar.end();
  expect(written).toEqual([
    "[1/1] sample  5 %, about 38 s left\n",
    "[1/1] sample  30 %, about 28 s left\n",
    "[1/1] sample  55 %, about 18 s left\n",
  ]);
});

test("progress refuses a phase that is not in its plan", () => {
  expect(() => progress({ load: 1 }, recorder(true).output).phase("lode")).toThrow(
    'no phase "lode"',
  );
});

test("duration is given in seconds, then in minutes", () => {
  expect([duration(200), duration(59_400), duration(80_000)]).toEqual([
    "1 s",
    "59 s",
    "1 min 20 s",
  ]);
});
