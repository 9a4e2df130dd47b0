import { describe, expect, it } from "vitest";
import { toFloat16 } from "../../src/onnx/float16.ts";

/** The value of a half, from its definition. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return (
    sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
  );
}

describe("toFloat16", () => {
  const finite = Array.from({ length: 65536 }, (_, bits) => bits).filter(
    (bits) => ((bits >> 10) & 31) < 31,
  );

  it("gives every finite half back", () => {
    expect([...toFloat16(finite.map(fromFloat16))]).toEqual(finite);
  });

  it("rounds to the nearest, and to even halfway between", () => {
    const positive = finite.filter((bits) => bits < 0x7bff);
    const [quarter, half, more] = [0.25, 0.5, 0.75].map((share) =>
      positive.map(
        (bits) => fromFloat16(bits) + share * (fromFloat16(bits + 1) - fromFloat16(bits)),
      ),
    ) as [number[], number[], number[]];
    expect([...toFloat16(quarter)]).toEqual(positive);
    expect([...toFloat16(more)]).toEqual(positive.map((bits) => bits + 1));
    expect([...toFloat16(half)]).toEqual(positive.map((bits) => bits + (bits & 1)));
  });

  it("refuses what does not fit", () => {
    expect(toFloat16([65519])[0]).toBe(0x7bff);
    for (const weight of [65520, -1e6, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => toFloat16([weight])).toThrow("toFloat16: weights must lie in ±65504");
    }
  });
});
