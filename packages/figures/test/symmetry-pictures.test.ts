import { expect, test } from "vitest";
import { circlePotentials, timeCurves } from "../src/index.ts";
import { ariaLabel, document } from "./fixtures.ts";

const angles = Array.from({ length: 73 }, (_, i) => Math.PI * (-0.2 + (0.9 * i) / 72));
const well = (depth: number) => ({
  label: `barrier ${depth}`,
  potential: angles.map((angle) => depth * (Math.sin(2 * angle) + 0.6)),
  standardError: angles.map(() => 0.1),
});

test("circle-potentials is well-formed, says in words what it shows, and looks as it did", async () => {
  const svg = circlePotentials(
    {
      title: "Between two samples",
      angles,
      series: [{ name: "network", at: [well(0.5), well(3)] }],
    },
    { document },
  );
  expect(ariaLabel(svg)).toContain(
    "between the two samples 0.500 at barrier 0.5, 3.00 at barrier 3",
  );
  await expect(svg).toMatchFileSnapshot("snapshots/circle-potentials.svg");
});

const times = Array.from({ length: 20 }, (_, i) => 3 - i * 0.15);

test("time-curves is well-formed, says in words what it shows, and looks as it did", async () => {
  const svg = timeCurves(
    {
      title: "Stability",
      label: "load",
      description: "It rises through 1 at OU time 1.5",
      log: true,
      series: [
        { name: "network", points: times.map((time) => ({ time, value: Math.exp(1.5 - time) })) },
        { name: "exact", points: times.map((time) => ({ time, value: Math.exp(1 - time) })) },
      ],
      moments: [{ name: "t_S", time: 1.5 }],
      threshold: { name: "unstable above", value: 1 },
    },
    { document },
  );
  expect(ariaLabel(svg)).toContain("rises through 1 at OU time 1.5");
  expect(svg).toContain("unstable above");
  await expect(svg).toMatchFileSnapshot("snapshots/time-curves.svg");
});

test("values outside the domain, and 0 on a logarithmic axis, leave gaps", () => {
  const points = [1, 0, 10, 1e9].map((value, i) => ({ time: 2 - 0.5 * i, value }));
  const svg = timeCurves(
    {
      title: "Gaps",
      label: "value",
      description: "",
      log: true,
      domain: [0.5, 100],
      series: [{ name: "one", points }],
    },
    { document },
  );
  expect(svg.match(/<circle/g)).toHaveLength(2);
});
