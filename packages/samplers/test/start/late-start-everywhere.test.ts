import {
  CLEAN,
  discreteSchedule,
  even,
  type ForwardProcess,
  type Grid,
  gaussian,
  karrasSigmas,
  leading,
  levelAt,
  levelRule,
  type NoiseLevel,
  ve,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { sample } from "../../src/sample.ts";
import * as sde from "../../src/sde/index.ts";
import type { Solver } from "../../src/solver.ts";
import * as solvers from "../../src/solvers/index.ts";
import { discretisationError } from "../../src/start/discretisation-error.ts";
import { gaussianLateStart } from "../../src/start/gaussian-late-start.ts";

/** Gaussian data whose mean and spectrum are far from those of noise. */
const law = gaussian({
  size: 4,
  mean: Float64Array.of(1, -0.5, 0, 2),
  covariance: { kind: "diagonal", variances: Float64Array.of(9, 2, 0.3, 0.01) },
});

const linear: Record<string, Solver> = {
  ddim: solvers.ddim(),
  "ddim, eta 1": solvers.ddim({ eta: 1 }),
  ddpm: solvers.ddpm(),
  pndm: solvers.pndm(),
  fPndm: solvers.fPndm(),
  euler: solvers.euler(),
  eulerAncestral: solvers.eulerAncestral(),
  heun: solvers.heun(),
  edmStochastic: solvers.edmStochastic(),
  lms: solvers.lms(),
  deis: solvers.deis(),
  ipndm: solvers.ipndm(),
  kdpm2: solvers.kdpm2(),
  kdpm2Ancestral: solvers.kdpm2Ancestral(),
  dpmMultistep: solvers.dpmMultistep(),
  dpmSinglestep: solvers.dpmSinglestep(),
  uniPc: solvers.uniPc(),
  "predictorCorrector, predictor alone": sde.predictorCorrector({ correctorSteps: 0 }),
  annealedLangevin: sde.annealedLangevin({ stepsPerLevel: 20 }),
};

const edm = (steps: number, from: NoiseLevel | undefined): NoiseLevel[] => [
  ...Array.from(karrasSigmas(steps, { sigmaMin: 0.02, sigmaMax: from?.sigma ?? 80 }), (sigma) => ({
    alpha: 1,
    sigma,
    timestep: Math.log(sigma) / 4,
  })),
  CLEAN,
];
const schedule = discreteSchedule();
const grids: Record<string, [Grid, ForwardProcess | undefined, NoiseLevel]> = {
  "a DDPM schedule": [leading(), schedule, levelAt(schedule, 400)],
  "a VE process": [
    even(),
    ve({ sigmaMin: 0.02, sigmaMax: 80 }),
    { alpha: 1, sigma: 2, timestep: 0.5555 },
  ],
  "an EDM grid": [levelRule(edm), undefined, { alpha: 1, sigma: 2, timestep: Math.log(2) / 4 }],
};

for (const [gridName, [grid, process, at]] of Object.entries(grids))
  describe(`on ${gridName} a Gaussian late start`, () => {
    // The official repository's PNDM reads the DDPM table, whatever levels it is given.
    const fitting = Object.entries(linear).filter(
      ([name]) => name !== "fPndm" || process === schedule,
    );
    for (const [name, solver] of fitting)
      test(`makes 6 steps of ${name} nearer to Gaussian data than noise from there`, async () => {
        const levels = grid.levels(process, 6, at);
        const run = { moments: law.moments, solver, levels };
        const late = await discretisationError({ ...run, start: "late" });
        const noise = await discretisationError({ ...run, start: "noise" });
        // Langevin dynamics forgets most of its start at every level.
        expect(late).toBeLessThan((name === "annealedLangevin" ? 1 : 0.5) * noise);
      });

    for (const [name, solver] of Object.entries({
      ...linear,
      predictorCorrector: sde.predictorCorrector(),
      probabilityFlow: sde.probabilityFlow(),
    } satisfies typeof linear))
      test(`runs in sample() with ${name}`, async () => {
        const run = {
          grid,
          ...(process && { process }),
          denoiser: exactDenoiser(law),
          solver,
          steps: 6,
        };
        const made = await sample({
          ...run,
          start: gaussianLateStart(law.moments, at),
          count: 3,
          seed: 1,
        });
        expect(made.levels[0]).toEqual(at);
        expect(made.samples.every(Number.isFinite)).toBe(true);
        expect(made.protocol.start.name).toBe("late");
      });
  });
