import { expect, test } from "vitest";
import { cosine } from "../../src/index.ts";

test("alpha² + sigma² = 1, f = alpha′/alpha and g² = (sigma²)′ − 2 f sigma², to pure noise at t = 1", () => {
  const process = cosine();
  const h = 1e-5;
  for (const t of [0.05, 0.3, 0.6, 0.95]) {
    const [alpha, sigma] = [process.alpha(t), process.sigma(t)];
    expect(alpha ** 2 + sigma ** 2).toBeCloseTo(1, 14);
    const slope = (process.alpha(t + h) - process.alpha(t - h)) / (2 * h);
    expect(slope / alpha / process.drift(t)).toBeCloseTo(1, 6);
    const variance = (process.sigma(t + h) ** 2 - process.sigma(t - h) ** 2) / (2 * h);
    const g2 = variance - 2 * process.drift(t) * sigma ** 2;
    expect(g2 / process.diffusion(t) ** 2).toBeCloseTo(1, 6);
  }
  expect(process.level(1)).toEqual({ alpha: 0, sigma: 1, timestep: 1 });
});
