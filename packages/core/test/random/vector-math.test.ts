import { expect, test } from "vitest";
import { vectorLog, vectorSinCos } from "../../src/random/vector-math.ts";

test("the vector logarithm, sine and cosine are the functions, within a float32 unit or two", () => {
  for (let i = 1; i <= 4096; i++) {
    const uniform = Math.fround(i / 4096);
    expect(Math.abs(vectorLog(uniform) - Math.log(uniform))).toBeLessThan(1e-6);
    const angle = Math.fround(2 * Math.PI * uniform);
    const [sin, cos] = vectorSinCos(angle);
    expect(Math.abs(sin - Math.sin(angle))).toBeLessThan(2e-7);
    expect(Math.abs(cos - Math.cos(angle))).toBeLessThan(2e-7);
  }
});
