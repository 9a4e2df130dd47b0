import { criticalOuTime, discreteSchedule, levels, type NoiseLevel } from "@symbreak/core";
import { expect, test } from "vitest";
import { symmetryLevels } from "../../../src/experiments/symmetry/symmetry-levels.ts";
import { symmetryTheory } from "../../../src/experiments/symmetry/symmetry-theory.ts";

const table = levels(
  discreteSchedule(),
  Array.from({ length: 1000 }, (_, i) => 999 - i),
  null,
);
const time = ({ alpha }: { alpha: number }) => -Math.log(alpha);

test.each([0.5, 4, 20, 1000])(
  "levels of Λ = %d descend from before the instability to near the data",
  (lambda) => {
    const critical = criticalOuTime(lambda);
    for (const list of Object.values(symmetryLevels(table, lambda))) {
      expect(list.every((level: NoiseLevel) => table.includes(level))).toBe(true);
      for (let i = 1; i < list.length; i++) expect(time(list[i]!)).toBeLessThan(time(list[i - 1]!));
      expect(time(list[0]!)).toBeGreaterThan(critical);
      expect(time(list.at(-1)!)).toBeLessThan(0.5 * critical);
    }
  },
);

test("the laws of MNIST's Λ are on every clock, or say why not", () => {
  const { speciation, equalNorm, gaussian } = symmetryTheory(20.4675, "symmetric");
  expect(speciation.ddpmIndex).toBe(545);
  // a_c = 0.024414, OU time 1.856, index 604; −½ ln 1/(1 + Λ); 1/(Λ − 1).
  expect(equalNorm.potential).toMatchObject({ nearestIndex: 604 });
  expect(equalNorm.density).toMatchObject({
    ouTime: expect.closeTo(0.5 * Math.log(21.4675), 10),
  });
  expect(equalNorm.drift).toBe("always");
  expect(gaussian).toMatchObject({
    potential: { ouTime: expect.closeTo(0.5 * Math.log(19.4675), 10) },
    density: "never",
    drift: "always",
  });
  expect(symmetryTheory(0.5, "unit").gaussian.potential).toBe("never");
});
