import { describe, expect, it } from "vitest";
import { centred } from "../../src/rooms/digits/centred.ts";

describe("centred", () => {
  it("scales a drawing to MNIST's box of 20 and puts its centre of mass in the middle of 28", () => {
    // A bar of 10 × 80 pixels in a corner of 100 × 100: 2.5 × 20 of the 28.
    const ink = new Float32Array(100 * 100);
    for (let y = 0; y < 80; y++) for (let x = 0; x < 10; x++) ink[y * 100 + x] = 1;
    const digit = centred(ink, 100)!;
    let [mass, sumX, sumY] = [0, 0, 0];
    digit.forEach((value, i) => {
      const weight = (value + 1) / 2;
      mass += weight;
      sumX += weight * ((i % 28) + 0.5);
      sumY += weight * (Math.floor(i / 28) + 0.5);
    });
    expect(mass).toBeCloseTo(2.5 * 20, 0);
    expect(sumX / mass).toBeCloseTo(14, 0);
    expect(sumY / mass).toBeCloseTo(14, 0);
    const rows = digit.filter((_, i) => i % 28 === 13).filter((value) => value > 0).length;
    expect(rows).toBe(20);
    expect(Math.min(...digit)).toBe(-1);
    expect(Math.max(...digit)).toBeLessThanOrEqual(1);
  });

  it("finds no digit in an empty drawing", () => {
    expect(centred(new Float32Array(64), 8)).toBeUndefined();
  });
});
