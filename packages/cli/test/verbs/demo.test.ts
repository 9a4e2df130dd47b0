import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DemoResult } from "../../src/demo/run-demo.ts";
import { ssb } from "../support/ssb.ts";

test("a small demo runs the whole job: analysis, table, report, and a last line with the finding", {
  timeout: 240_000,
}, async () => {
  const { code, stdout, stderr, directory } = await ssb([
    "demo",
    "--images",
    "300",
    "--samples",
    "80",
    "--out",
    "out",
  ]);
  expect([code, stderr.includes("Error")]).toEqual([0, false]);
  const result: DemoResult = JSON.parse(readFileSync(join(directory, "out/result.json"), "utf8"));
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(result.finding);
  expect(stderr).toMatch(/Next:\n.*ssb analyze .*\n.*ssb import .*\n.*ssb lab\n$/);

  expect(result.analysis.spectrum.lambda).toBeCloseTo(20.467150913368336, 9);
  expect(result.analysis.speciation.ddpmIndex).toBe(545);
  const { rows, curve, floor } = result.lateStart;
  expect(rows.map(({ sampler, steps, nfe }) => [sampler, steps, nfe])).toEqual(
    ["DDIM", "DDPM"].flatMap((sampler) => [3, 5, 10].map((steps) => [sampler, steps, steps])),
  );
  expect(rows.map(({ noise }) => noise.start)).toEqual([666, 800, 900, 666, 800, 900]);
  for (const { noise, late } of rows)
    for (const { low, value, high } of [noise, late])
      expect(low < value && value < high).toBe(true);
  expect(curve.sampler).toBe("DDIM");
  expect(curve.series.map(({ steps }) => steps)).toEqual([3, 5, 10]);
  expect(floor.value).toBeGreaterThan(0);
  expect(result.memorisation).toMatchObject({ training: 60_000, samples: 80 });
  expect(result.memorisation.memorised.value).toBeLessThan(0.05);
  expect(result.excessEntropy).toMatchObject({ count: 300, size: 784 });
  expect(result.protocol).toHaveProperty("network");

  const report = readFileSync(join(directory, "out/report.html"), "utf8");
  for (const title of [
    "The potential splits",
    "When the data decide",
    "Decisions, watched",
    "When an exact score would memorise",
    "What late start buys",
    "The samples",
    "New images, or copies?",
    "Protocol",
  ])
    expect(report).toContain(`${title}</h2>`);
  expect(report.match(/<img src="data:image\/png/g)?.length).toBe(15);
  expect(report).not.toMatch(/src="http|<script/);
});
