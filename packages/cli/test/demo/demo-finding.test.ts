import { expect, test } from "vitest";
import { demoFinding, rowFinding } from "../../src/demo/demo-finding.ts";
import type { DemoResult } from "../../src/demo/run-demo.ts";

const measured = (value: number) => ({ start: 1, value, low: 0.9 * value, high: 1.1 * value });
const row = (sampler: string, steps: number, noise: number, late: number) => ({
  sampler,
  steps,
  nfe: steps,
  noise: measured(noise),
  late: measured(late),
  bias: { noise: 0, late: 0 },
});

const CURVE = { metric: "FD-x", sampler: "DDIM", series: [], speciation: 1.5 };

function finding(rows: DemoResult["lateStart"]["rows"], share = 1): string {
  return demoFinding({
    analysis: {
      speciation: { ouTime: 1.5094, ddpmIndex: 545 },
      spectrum: { lambda: 20.46 },
    } as DemoResult["analysis"],
    excessEntropy: {
      count: 4000,
      collapse: { ouTime: 0.864, low: 0.8, high: 0.9 },
    } as DemoResult["excessEntropy"],
    lateStart: { metric: "FD-x", rows, curve: CURVE, floor: { value: 1, low: 1, high: 1 } },
    memorisation: { memorised: { value: share } } as DemoResult["memorisation"],
  });
}

test("demoFinding claims a benefit only where the intervals are apart, and names the other cells too", () => {
  const text = finding([
    row("DDIM", 3, 5, 4.9),
    row("DDIM", 5, 4, 6),
    row("DDPM", 3, 12, 6),
    row("DDPM", 5, 10, 5),
  ]);
  expect(text).toContain(
    "nearer to the data than noise for DDPM (n = 3, 5), noise is nearer to the data than a Gaussian late start for DDIM (n = 5), no measurable difference for DDIM (n = 3)",
  );
  expect(text).toContain("t_S = 1.509 (DDPM index 545)");
  expect(text).toContain("100 % are copies of training images. An exact score of 4000 images");
  expect(text).toContain("from OU time 0.864 on");
});

test("demoFinding says so when late start helps nowhere", () => {
  expect(finding([row("DDIM", 3, 5, 5)], 0.973)).toMatch(
    /nowhere measurably apart\..*97\.3 % are copies/,
  );
});

test("rowFinding names the nearer start, or neither", () => {
  expect(rowFinding(row("DDPM", 3, 12, 6))).toBe(
    "DDPM, 3 steps: distance 12.0 from noise, 6.0 from the late start at 1; the late start is nearer.",
  );
  expect(rowFinding(row("DDIM", 3, 5, 4.9))).toContain("no measurable difference");
});
