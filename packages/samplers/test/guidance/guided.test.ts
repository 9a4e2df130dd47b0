import {
  AS_IS,
  CLEAN,
  convert,
  discreteSchedule,
  gaussian,
  gaussianMixture,
  guidedClass,
  isotropic,
  levelList,
  logSnr,
  type Noise,
  normalQuantile,
  ou,
  type Samples,
  timeGrid,
  UNIT,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import {
  classifierFree,
  classOf,
  type Denoiser,
  ddim,
  exactDenoiser,
  type Guidance,
  guided,
  heun,
  type Network,
  runOf,
  sample,
} from "../../src/index.ts";
import { mixture, states } from "./mixture.ts";

const level = ou().level(0.7);
const pair = {
  conditional: exactDenoiser(mixture.conditional([0])),
  reference: exactDenoiser(mixture),
};

/** Exact scores of the classes of the mixture's four components, and of all without a class, as a network. */
function classNetwork(name = "classes", weaker = 0): Network & { asked: () => number } {
  const laws = [0, 1, 2, 3].map((k) => exactDenoiser(mixture.conditional([k])));
  let asked = 0;
  const denoiser: Denoiser = {
    shape: [2],
    predicts: "sample",
    async predict(x, at, { samples, condition } = {}) {
      asked++;
      const out = new Float64Array(x.length);
      for (let i = 0; i < x.length / 2; i++) {
        const own = condition && classOf(condition, samples![i]!);
        const law = own == null ? pair.reference : laws[own]!;
        out.set(await law.predict(Float64Array.from(x.subarray(2 * i, 2 * i + 2)), at), 2 * i);
      }
      return out.map((value) => value + weaker);
    },
  };
  return {
    name,
    digest: name,
    denoiser,
    process: discreteSchedule(),
    units: AS_IS,
    classes: { count: 4, unconditional: true },
    asked: () => asked,
  };
}

describe("the class of two Gaussians, guided with weight 2", () => {
  /** The samples' numbers as quantiles: N(0, 1) without chance. */
  const quantiles: Noise = (out) => {
    for (let i = 0; i < out.length; i++) out[i] = normalQuantile((i + 0.5) / out.length);
  };

  // Bias and variance by the probability flow do not fade with the distance: 0.65 and 0.51 (see `guidanceTheory`).
  test.each([2, 4, 8])("by the probability flow, means at ±%d", async (M) => {
    const [mean, other] = [Float64Array.of(M), [-M]];
    const conditional = exactDenoiser(gaussian({ size: 1, mean, covariance: isotropic(1) }));
    const reference = exactDenoiser(
      gaussianMixture({ weights: [1, 1], means: [[M], other], covariances: [1, 1] }),
    );
    const process = ou({ tMin: 1e-3, tMax: Math.log(M) + 8 });
    const levels = [...timeGrid(process, 400).map(process.level), CLEAN];
    const { samples: drawn, nfe } = await sample({
      denoiser: guided({ conditional, reference }, { weight: 2 }),
      grid: levelList(levels),
      solver: heun(),
      noise: quantiles,
      count: 400,
      precision: "float64",
    });
    const samples = Float64Array.from(drawn);
    // Whoever starts on the other side of 0 is carried over, too.
    const bias = samples.reduce((sum, x) => sum + x, 0) / 400 - M;
    const variance = samples.reduce((sum, x) => sum + (x - M - bias) ** 2, 0) / 400;
    const theory = guidedClass("ode", 2, M);
    expect(Math.abs(bias - theory.bias)).toBeLessThan(0.005);
    expect(Math.abs(variance - theory.variance)).toBeLessThan(0.005);
    expect(nfe).toBe(2 * heun().calls(levels.length - 1)!);
  });
});

describe("guided", () => {
  test("is classifier-free guidance for two denoisers, everywhere and in an interval", async () => {
    const x = states(level);
    const [noisiest, cleanest] = [ou().level(1), ou().level(0.2)];
    const ours = guided(pair, { weight: 3, interval: [logSnr(noisiest), logSnr(cleanest)] });
    const theirs = classifierFree({
      ...{ conditional: pair.conditional, unconditional: pair.reference, scale: 3 },
      interval: { noisiest, cleanest },
    });
    for (const time of [1.2, 1, 0.7, 0.2, 0.1]) {
      const at = ou().level(time);
      expect(await ours.predict(x, at)).toEqual(await theirs.predict(x, at));
      expect(ours.calls!(at)).toBe(time <= 1 && time > 0.2 ? 2 : 1);
    }
  });

  test("multiplies the weight by a power of the scores' distance, whatever the coordinates", async () => {
    const x = states(level, 5);
    const out = await guided(pair, { weight: 3, power: 0.8 }).predict(x, level);
    const [ofClass, ofAll] = [mixture.conditional([0]).score(x, level), mixture.score(x, level)];
    const score = convert(out, x, level, "sample", "score");
    const unit = Math.hypot(level.alpha, level.sigma);
    for (let i = 0; i < x.length; i += 2) {
      const apart = [ofClass[i]! - ofAll[i]!, ofClass[i + 1]! - ofAll[i + 1]!];
      const factor = 2 * (unit * Math.hypot(...apart)) ** 0.8;
      for (const j of [0, 1])
        expect(score[i + j]!).toBeCloseTo(ofClass[i + j]! + factor * apart[j]!, 10);
    }
    // The same noise in the sigma form: D(x/alpha; sigma/alpha) is the same estimate.
    const stretched = x.map((value) => value / level.alpha) as Samples;
    const same = await guided(pair, { weight: 3, power: 0.8 }).predict(stretched, {
      alpha: 1,
      sigma: level.sigma / level.alpha,
      timestep: 0,
    });
    same.forEach((value, i) => {
      expect(value).toBeCloseTo(out[i]!, 9);
    });
  });

  test("a power of 0 is the plain weight, and a class that is no other than all moves nothing", async () => {
    const x = states(level);
    const plain = await guided(pair, { weight: 3 }).predict(x, level);
    const powered = await guided(pair, { weight: 3, power: 1e-12 }).predict(x, level);
    powered.forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i]!, 8);
    });
    const alike = { conditional: pair.reference, reference: pair.reference };
    const unmoved = await guided(alike, { weight: 3, power: -0.5 }).predict(x, level);
    expect(unmoved).toEqual(await pair.reference.predict(x, level));
  });

  test("leads away from the class in a negative window, which goes before the interval", async () => {
    const x = states(level);
    const at = logSnr(level);
    const away = guided(pair, {
      weight: 3,
      negative: { weight: -0.5, interval: [at - 1, at + 1] },
    });
    const [ours, all] = [
      await pair.conditional.predict(x, level),
      await pair.reference.predict(x, level),
    ];
    const out = await away.predict(x, level);
    out.forEach((value, i) => {
      expect(value).toBeCloseTo(-0.5 * ours[i]! + 1.5 * all[i]!, 12);
    });
    const other = ou().level(2);
    expect(await away.predict(x, other)).toEqual(
      await guided(pair, { weight: 3 }).predict(x, other),
    );
  });

  test.each([
    [{ weight: Number.NaN }, "weight must be finite"],
    [{ weight: 2, power: -1 }, "power must be finite and above −1"],
    [{ weight: 2, powr: 1 }, "options must be among weight, interval, power, negative"],
    [{ weight: 2, interval: [3, -3] }, "interval must be [noisiest, cleanest]"],
    [{ weight: 2, interval: ["a", null] }, "interval must be [noisiest, cleanest]"],
    [
      { weight: 2, negative: { weight: 1, interval: [0, 1] } },
      "negative.weight must be finite and below 1",
    ],
    [{ weight: 2, negative: { weight: 0 } }, "negative.interval must be"],
  ])("names what is wrong: %j", (guidance, message) => {
    expect(() => guided(pair, guidance as never)).toThrow(message);
  });
});

describe("a guided run", () => {
  const guidance: Guidance = { weight: 2.5, interval: [-4, null], power: 0.3 };
  const run = {
    solver: ddim(),
    steps: 6,
    count: 9,
    seed: 4,
    precision: "float64" as const,
    condition: { classes: [0, 2, null] },
  };

  test("is the run of the guided denoiser, counts two calls, and is run again from its protocol", async () => {
    const network = classNetwork();
    const { samples, nfe, protocol, levels } = await sample({ ...run, network, guidance });
    const own = await sample({ ...run, network, denoiser: guided(network, guidance) });
    expect(samples).toEqual(own.samples);
    const inside = levels.slice(0, -1).filter((at) => logSnr(at) >= -4).length;
    expect(inside).toBeGreaterThan(2);
    expect(nfe).toBe(6 + inside);
    const json = JSON.parse(JSON.stringify(protocol));
    expect(json.guidance).toEqual({ weight: 2.5, interval: [-4, null], power: 0.3 });
    expect((await sample(runOf(json, { network }))).samples).toEqual(samples);
    const plain = await sample({ ...run, network });
    expect(plain.protocol.guidance).toBeNull();
    // Samples without a class have nothing to be led to.
    for (let i = 0; i < 9; i++) {
      const rows = [samples, plain.samples].map((all) =>
        Array.from(all.subarray(2 * i, 2 * i + 2)),
      );
      if (i % 3 === 2) expect(rows[0]).toEqual(rows[1]);
      else expect(rows[0]).not.toEqual(rows[1]);
    }
  });

  test("by a weaker network says which, and needs it again", async () => {
    const [network, weak] = [classNetwork(), classNetwork("weaker", 0.1)];
    const { samples, protocol } = await sample({ ...run, network, guidance, weak });
    const by = guided({ conditional: network.denoiser, reference: weak.denoiser }, guidance);
    expect((await sample({ ...run, network, denoiser: by })).samples).toEqual(samples);
    const json = JSON.parse(JSON.stringify(protocol));
    expect(json.weak).toEqual({ name: "weaker", digest: "weaker" });
    expect((await sample(runOf(json, { network, weak }))).samples).toEqual(samples);
    expect(() => runOf(json, { network })).toThrow('the weak network "weaker" must be given');
    expect(() => runOf(json, { network, weak: network })).toThrow("with digest weaker");
  });

  test("a network that gives both answers at once is asked once", async () => {
    const network = classNetwork();
    let both = 0;
    const denoiser: Denoiser = {
      ...network.denoiser,
      async predictBoth(x, at, asked) {
        both++;
        const none = { ...asked, condition: undefined };
        const { predict } = network.denoiser;
        return [await predict(x, at, asked), await predict(x, at, none)];
      },
    };
    const { samples, nfe } = await sample({
      ...{ ...run, network: { ...network, denoiser } },
      guidance: { weight: 2 },
    });
    expect([both, nfe]).toEqual([6, 12]);
    const apart = await sample({ ...run, network, guidance: { weight: 2 } });
    expect(samples).toEqual(apart.samples);
  });

  test("refuses by name what it cannot do", async () => {
    const network = classNetwork();
    const { condition: _, ...unasked } = run;
    const refused = async (options: object, message: string) =>
      expect(sample({ ...run, network, guidance, ...options })).rejects.toThrow(message);
    await expect(sample({ ...unasked, network, guidance })).rejects.toThrow("needs a condition");
    await refused({ denoiser: network.denoiser }, "guidance needs a network and no denoiser");
    await refused({ guidance: null, weak: network }, "weak must come with guidance");
    await refused({ weak: { ...network, units: UNIT } }, 'must be in the units "as-is"');
    await refused(
      { weak: { ...network, process: discreteSchedule({ steps: 500 }) } },
      "must have the network's process",
    );
    await refused(
      { weak: { ...network, classes: undefined } },
      "must know the network's 4 classes",
    );
    const told = { ...network, classes: { count: 4, unconditional: false } };
    await refused(
      { network: told, condition: { classes: [1] } },
      "a network must know classes and do without one",
    );
    expect(() =>
      guided({ ...pair, reference: { ...pair.reference, variance: "learned" } }, { weight: 2 }),
    ).toThrow("learned variance");
  });
});
