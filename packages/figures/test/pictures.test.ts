import {
  curieWeissFixedPoints,
  curieWeissPotential,
  discreteSchedule,
  levelAt,
  traceBranches,
} from "@symbreak/core";
import { expect, test } from "vitest";
import {
  bifurcation,
  excessEntropy,
  guidanceCurve,
  lateStartCurve,
  potentialSplitting,
  potentialWells,
  schedule,
  spectrum,
  trainingCurve,
} from "../src/index.ts";
import { ariaLabel, curve, digits, document, entropy, pitchfork, splitting } from "./fixtures.ts";

const grid = Array.from({ length: 81 }, (_, i) => (i - 40) / 16);
const curieWeiss = [4, 3, 2.5].map((time) => ({
  label: `t = ${time}`,
  x: grid,
  u: grid.map((q) => curieWeissPotential({ size: 256 }, q, time)),
}));
const linear = discreteSchedule();

const pictures: Record<string, { draw: () => string; says: RegExp }> = {
  bifurcation: {
    draw: () => bifurcation([pitchfork], { document }),
    says: /critical amplitude theta = 0\.6436/,
  },
  "excess-entropy": {
    draw: () => excessEntropy(entropy, { document }),
    says: /falls to the threshold at 0\.520/,
  },
  "guidance-curve": {
    draw: () =>
      guidanceCurve(
        {
          network: "digits",
          metric: "FD-classifier",
          series: ["noise", "late start"].map((name, k) => ({
            name,
            points: [0, 1, 2, 4].map((weight) => {
              const value = 10 + k + 3 * (weight - 1) ** 2;
              const distance = { value, low: value - 2, high: value + 2 };
              return { weight, distance, accuracy: 1 - 0.9 * 0.1 ** weight };
            }),
          })),
        },
        { document },
      ),
    says: /noise: best at weight 1, 10\.0, with 91\.0 % of the class asked for\. late start: best at weight 1, 11/,
  },
  "late-start-curve": {
    draw: () => lateStartCurve(curve, { document }),
    says: /3 steps: best late start 83\.7 at OU time 0\.82, noise start 218/,
  },
  "potential-splitting": {
    draw: () => potentialSplitting(splitting(), { document }),
    says: /splits at OU time 0\.4407\. \d+ of 24 particles end on the positive side/,
  },
  schedule: {
    draw: () =>
      schedule(
        {
          name: "Linear",
          levels: Array.from({ length: 100 }, (_, i) => levelAt(linear, 10 * i)),
        },
        { document },
      ),
    says: /alpha falls from 1\.000 to 0\.007/,
  },
  "potential-wells": {
    draw: () =>
      potentialWells(
        { title: "Curie–Weiss", axes: { x: "order parameter q", u: "V(q)" }, cuts: curieWeiss },
        { document },
      ),
    says: /V\(q\) against order parameter q at t = 4, t = 3/,
  },
  spectrum: {
    draw: () => spectrum(digits, { document }),
    says: /7 eigenmodes .* first decides at OU time 1\.018; .* collapse .* 0\.459/,
  },
  "training-curve": {
    draw: () =>
      trainingCurve(
        {
          name: "digits",
          loss: "cross-entropy  (nats)",
          points: Array.from({ length: 20 }, (_, i) => [50 * 1.2 ** i, 0.9 ** i] as const),
        },
        { document },
      ),
    says: /cross-entropy \(nats\) goes from 1\.00 about step 50 to 0\.135 at step 1597/,
  },
};

for (const [name, { draw, says }] of Object.entries(pictures)) {
  test(`${name} is well-formed, says in words what it shows, and looks as it did`, async () => {
    const svg = draw();
    expect(ariaLabel(svg)).toMatch(says);
    await expect(svg).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });
}

test("two figures share no element ids, so that both fit on one page", () => {
  for (const { draw } of Object.values(pictures)) expect(draw()).not.toMatch(/ id="/);
});

test("an excess entropy that never meets the threshold draws no collapse time and says so", () => {
  const svg = excessEntropy({ ...entropy, collapse: undefined }, { document });
  expect(ariaLabel(svg)).toContain("does not fall to the threshold");
  expect(svg).not.toContain(">C</tspan>");
});

test("a spectrum with no mode above one draws no dots but still its collapse times", () => {
  const svg = spectrum({ ...digits, eigenvalues: [0.8, 0.5], speciation: -0.11 }, { document });
  expect(ariaLabel(svg)).toMatch(/^The spectrum.*0 eigenmodes/);
  expect(svg).toContain("full spectrum");
});

test("a bifurcation against time runs along the shared time axis", () => {
  const { branches } = traceBranches(
    (time) => curieWeissFixedPoints({ size: 256 }, time),
    Array.from({ length: 100 }, (_, i) => 4 - i / 50),
  );
  const svg = bifurcation(
    [{ name: "Curie–Weiss", parameter: "time", branches, critical: 3.1192 }],
    { document },
  );
  expect(ariaLabel(svg)).toContain("Curie–Weiss: critical OU time = 3.1192");
  expect(svg).toContain("DDPM index");
});
