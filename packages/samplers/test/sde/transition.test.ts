import { discreteSchedule, levelAt, subVp, ve, vp } from "@symbreak/core";
import { expect, test } from "vitest";
import { transition } from "../../src/sde/transition.ts";

test("transition is the DDPM chain's own step: ratio² = 1 − beta, variance = beta", () => {
  const schedule = discreteSchedule();
  for (const i of [1, 17, 500, 999]) {
    const { ratio, variance } = transition(levelAt(schedule, i), levelAt(schedule, i - 1));
    expect(ratio ** 2).toBeCloseTo(1 - schedule.betas[i]!, 13);
    expect(variance).toBeCloseTo(schedule.betas[i]!, 13);
  }
});

test("transition of a variance-exploding process adds sigma_i² − sigma_{i−1}²", () => {
  const process = ve();
  const [from, to] = [process.level(0.8), process.level(0.799)];
  const { ratio, variance } = transition(from, to);
  expect(ratio).toBe(1);
  expect(variance / (from.sigma ** 2 - to.sigma ** 2)).toBeCloseTo(1, 12);
});

for (const process of [vp(), ve(), subVp()])
  test(`transition over a short time is the SDE's drift and diffusion: ${process.name}`, () => {
    const dt = 1e-6;
    for (const t of [0.1, 0.5, 0.9]) {
      const { ratio, variance } = transition(process.level(t + dt), process.level(t));
      expect((ratio - 1) / dt).toBeCloseTo(process.drift(t), 3);
      expect(variance / dt / process.diffusion(t) ** 2).toBeCloseTo(1, 3);
    }
  });
