import { expect, test } from "vitest";
import { speciationSpectrum, speciationTime } from "../../src/index.ts";

test("each mode has the time of its eigenvalue, and zeros have none", () => {
  const { modes, scale } = speciationSpectrum([16.72, 1, 0.5, 0], 20, { scale: "unit" });
  expect(scale).toBe("unit");
  expect(modes).toHaveLength(3);
  expect(modes.map((mode) => mode.ouTime)).toEqual([speciationTime(16.72).ouTime, null, null]);
  expect(modes[0]).toMatchObject({ eigenvalue: 16.72, share: 0.836, ddpmIndex: 526 });
});

test("a negative or unknown eigenvalue is refused", () => {
  expect(() => speciationSpectrum([1, -1])).toThrow("not negative, got -1");
  expect(() => speciationSpectrum([Number.NaN])).toThrow("finite");
});
