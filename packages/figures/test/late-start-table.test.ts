import { expect, test } from "vitest";
import { lateStartTable, verdict } from "../src/index.ts";

const measured = (value: number, low: number, high: number) => ({ value, low, high });
const row = (noise: [number, number, number], late: [number, number, number]) => ({
  sampler: "DDIM",
  steps: 5,
  nfe: 5,
  noise: { start: 800, ...measured(...noise) },
  late: { start: 500, ...measured(...late) },
});

test("verdict needs intervals that do not overlap", () => {
  expect(verdict(row([83, 79, 87], [47, 45, 49]))).toBe("late start");
  expect(verdict(row([20, 18, 22], [41, 39, 43]))).toBe("noise start");
  expect(verdict(row([20, 18, 22], [21, 19, 23]))).toBe("neither");
});

test("lateStartTable shows both starts with intervals, the ratio, and the nearer one in bold", () => {
  const html = lateStartTable([row([83, 79, 87], [47, 45, 49])], {
    metric: "FD-x",
    caption: "c & d",
  });
  expect(html).toContain("<caption>c &amp; d</caption>");
  expect(html).toContain("83.0 <small>[79.0, 87.0]</small>");
  expect(html).toContain("<b>47.0</b> <small>[45.0, 49.0]</small>");
  expect(html).toContain(">1.77</td><td>late start</td>");
});
