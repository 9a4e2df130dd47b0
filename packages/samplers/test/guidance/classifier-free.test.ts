import { convert, gaussian, gaussianMixture, isotropic, ou, type Samples } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import type { Denoiser } from "../../src/denoiser.ts";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { classifierFree } from "../../src/guidance/classifier-free.ts";
import { mixture, states } from "./mixture.ts";

const level = ou().level(0.7);

/** A denoiser, and how often it was asked. */
function counted(denoiser: Denoiser): { denoiser: Denoiser; calls: () => number } {
  let calls = 0;
  const predict: Denoiser["predict"] = (...asked) => {
    calls++;
    return denoiser.predict(...asked);
  };
  return { denoiser: { ...denoiser, predict }, calls: () => calls };
}

describe("classifierFree", () => {
  test("has the two-Gaussian mixture's closed form, s_u + w (m e^-t/Γ)(1 − tanh(x·m e^-t/Γ))", async () => {
    const m = [1.5, -0.5];
    const spread = 0.4;
    const both = gaussianMixture({
      weights: [1, 1],
      means: [m, m.map((v) => -v)],
      covariances: [spread, spread],
    });
    const plus = gaussian({ size: 2, mean: Float64Array.from(m), covariance: isotropic(spread) });
    const scale = 3;
    const guided = classifierFree({
      conditional: exactDenoiser(plus),
      unconditional: exactDenoiser(both),
      scale,
    });
    const x = Float64Array.of(0.3, 0.2, -1, 0.5, 2, 2);
    const score = convert(await guided.predict(x, level), x, level, guided.predicts, "score");
    const decay = Math.exp(-0.7);
    const gamma = 1 - decay ** 2 + spread * decay ** 2;
    const own = both.score(x, level);
    for (let n = 0; n < 3; n++) {
      const along = x[2 * n]! * m[0]! + x[2 * n + 1]! * m[1]!;
      const pull = (decay / gamma) * scale * (1 - Math.tanh((along * decay) / gamma));
      for (const j of [0, 1])
        expect(score[2 * n + j]!).toBeCloseTo(own[2 * n + j]! + pull * m[j]!, 10);
    }
  });

  test("asks one network where the scale is 1 or 0, both elsewhere", async () => {
    const x = states(level);
    for (const [scale, conditionals, unconditionals] of [
      [1, 1, 0],
      [0, 0, 1],
      [2, 1, 1],
    ] as const) {
      const conditional = counted(exactDenoiser(mixture.conditional([0])));
      const unconditional = counted(exactDenoiser(mixture));
      const pair = { conditional: conditional.denoiser, unconditional: unconditional.denoiser };
      await classifierFree({ ...pair, scale }).predict(x, level);
      expect([conditional.calls(), unconditional.calls()]).toEqual([conditionals, unconditionals]);
    }
  });

  test("is the conditional model outside its interval", async () => {
    const conditional = exactDenoiser(mixture.conditional([0]));
    const interval = { noisiest: ou().level(0.6), cleanest: ou().level(0.1) };
    const guided = classifierFree({
      conditional,
      unconditional: exactDenoiser(mixture),
      scale: 4,
      interval,
    });
    const x = states(level);
    expect(await guided.predict(x, level)).toEqual(await conditional.predict(x, level));
    const inside = ou().level(0.5);
    expect(await guided.predict(x, inside)).not.toEqual(await conditional.predict(x, inside));
  });

  test("mixes networks that predict different things", async () => {
    const exact = exactDenoiser(mixture);
    const asEpsilon: Denoiser = {
      shape: [2],
      predicts: "epsilon",
      predict: async (x, at) => convert(await exact.predict(x, at), x, at, "sample", "epsilon"),
    };
    const conditional = exactDenoiser(mixture.conditional([2]));
    const x = states(level);
    const mixed = await classifierFree({ conditional, unconditional: asEpsilon, scale: 2 }).predict(
      x,
      level,
    );
    const same = await classifierFree({ conditional, unconditional: exact, scale: 2 }).predict(
      x,
      level,
    );
    const gap = (mixed as Float64Array).reduce(
      (most, value, i) => Math.max(most, Math.abs(value - same[i]!)),
      0,
    );
    expect(gap).toBeLessThan(1e-12);
  });

  test("refuses networks of different shapes or with a learned variance", () => {
    const conditional = exactDenoiser(mixture);
    const other: Denoiser = { shape: [1, 2], predicts: "sample", predict: async (x: Samples) => x };
    const learned: Denoiser = { ...conditional, variance: "learned" };
    expect(() => classifierFree({ conditional, unconditional: other, scale: 2 })).toThrow(
      "shapes must agree with [2]",
    );
    expect(() => classifierFree({ conditional, unconditional: learned, scale: 2 })).toThrow(
      "learned variance",
    );
  });
});
