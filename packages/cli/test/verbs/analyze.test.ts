import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { json } from "../support/call.ts";
import { ssb } from "../support/ssb.ts";

test("analyze --json has the contract's keys and the reference values of MNIST 1 and 8", {
  timeout: 120_000,
}, async () => {
  const result = await json([
    "analyze",
    "mnist",
    "--classes",
    "1,8",
    "--per-class",
    "5000",
    "--pad",
    "32",
    "--scale",
    "unit",
  ]);
  expect(result).toMatchObject({
    dataset: "mnist",
    n: 10_000,
    d: 1024,
    scale: "unit",
    shape: [1, 32, 32],
  });
  const { lambda, top, trace } = result.spectrum as {
    lambda: number;
    top: number[];
    trace: number;
  };
  expect(Math.abs(lambda - 7.667354978900857)).toBeLessThan(1e-9);
  const reference = [
    7.667354978900857, 4.437612472633028, 2.916734581452467, 2.0338431749027834, 1.7126351374475153,
  ];
  reference.forEach((value, k) => {
    expect(top[k]).toBeCloseTo(value, 10);
  });
  expect(trace).toBeCloseTo(39.92392898925429, 9);
  expect(result.speciation).toMatchObject({
    ouTime: expect.closeTo(1.0184858515438517, 10),
    ddpmIndex: 447,
    nearestIndex: 446,
  });
  expect(result.collapse).toMatchObject({
    unitVariance: { ouTime: expect.closeTo(2.0134894041516898, 9) },
    variance: { ouTime: expect.closeTo(0.5733689092033644, 9) },
    spectrum: { ouTime: expect.closeTo(0.45916484727398427, 9) },
  });
  const starts = result.recommendedStarts as {
    sampler: string;
    steps: number;
    ddpmIndex: number;
  }[];
  expect(starts.map(({ sampler, steps }) => `${sampler} ${steps}`)).toEqual([
    "DDIM 3",
    "DDIM 5",
    "DDIM 10",
    "DDPM 3",
    "DDPM 5",
    "DDPM 10",
  ]);
  for (const { ddpmIndex } of starts)
    expect(ddpmIndex).toSatisfy((index: number) => index > 200 && index < 1000);
});

test("analyze --json says for each pair of classes when it parts, by its means and exactly", {
  timeout: 120_000,
}, async () => {
  const { classes, warnings } = await json([
    "analyze",
    "mnist",
    "--classes",
    "4,9",
    "--limit",
    "3000",
  ]);
  expect(classes).toMatchObject({
    topModeBetween: expect.closeTo(0.05, 1),
    pairs: [
      {
        ...{ a: 4, b: 9 },
        // ½ ln ¼|μ_4 − μ_9|² of 10,000 images is 0.8968.
        betweenClass: { ouTime: expect.closeTo(0.9, 1), ddpmIndex: expect.any(Number) },
        exact: {
          ...{ ouTime: expect.any(Number), ddpmIndex: expect.any(Number) },
          ...{ low: expect.any(Number), high: expect.any(Number) },
        },
      },
    ],
  });
  expect(warnings).toEqual([expect.stringContaining("of the top mode lies between the classes")]);
});

test("analyze prints its table and writes a report with the spectrum and the modes", {
  timeout: 120_000,
}, async () => {
  const { code, stdout, directory } = await ssb([
    "analyze",
    "mnist",
    "--limit",
    "300",
    "--resize",
    "10",
    "--out",
    "mine",
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/mnist train, first 300, .*10/);
  expect(stdout).toContain("speciation t_S = ½ ln Λ");
  expect(stdout).toContain("Report: mine/report.html");
  const report = readFileSync(join(directory, "mine/report.html"), "utf8");
  expect(report).toContain("The spectrum as decision times");
  expect(report).toContain('<img src="data:image/png;base64,');
  expect(report).toContain("<code>ssb analyze mnist --limit 300 --resize 10 --out mine</code>");
  expect(JSON.parse(readFileSync(join(directory, "mine/result.json"), "utf8"))).toMatchObject({
    n: 300,
    d: 100,
    scale: "symmetric",
  });
});
