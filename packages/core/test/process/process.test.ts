import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLEAN,
  linearGamma,
  logSnr,
  makeProcess,
  ou,
  type Process,
  processLevels,
  scaledTime,
  subVp,
  vdm,
  ve,
  vp,
} from "../../src/index.ts";

const cubic = {
  spec: { values: [] },
  at: (t: number) => -13.3 + 18.3 * t ** 3 + t,
  slope: (t: number) => 54.9 * t * t + 1,
};
const PROCESSES: [string, Process][] = [
  ["vp", vp()],
  ["vp with other rates", vp({ betaMin: 0.5, betaMax: 9, tMax: 2 })],
  ["sub-vp", subVp()],
  ["ve", ve()],
  ["ou", ou()],
  ["sub-vp on another clock", scaledTime(subVp(), 1000)],
  ["vdm", vdm()],
  ["vdm with a cubic gamma", vdm(cubic)],
];

/** Central difference, error h². */
const slope = (f: (t: number) => number, t: number, h = 1e-5) => (f(t + h) - f(t - h)) / (2 * h);

test.each(PROCESSES)(
  "%s: drift is (ln alpha)′ and diffusion² is (sigma²)′ − 2 drift sigma²",
  (_, process) => {
    const time = fc.double({ min: 0.02, max: 0.98 * process.tMax, noNaN: true });
    fc.assert(
      fc.property(time, (t) => {
        const drift = slope((s) => Math.log(process.alpha(s)), t);
        expect(Math.abs(process.drift(t) - drift)).toBeLessThan(1e-6 * (1 + Math.abs(drift)));
        const growth =
          slope((s) => process.sigma(s) ** 2, t) - 2 * process.drift(t) * process.sigma(t) ** 2;
        expect(Math.abs(process.diffusion(t) ** 2 - growth)).toBeLessThan(1e-6 * (1 + growth));
      }),
    );
  },
);

test.each(PROCESSES)("%s: log SNR falls with time, and timeAt undoes it", (_, process) => {
  const { tMin, tMax } = process;
  const time = fc.double({ min: tMin, max: tMax, noNaN: true });
  fc.assert(
    fc.property(time, time, (s, t) => {
      const back = process.timeAt(logSnr(process.level(t)));
      expect(Math.abs(back - t)).toBeLessThan(1e-11 * tMax);
      if (s < t - 1e-9) expect(logSnr(process.level(s))).toBeGreaterThan(logSnr(process.level(t)));
    }),
  );
});

test.each(PROCESSES)("%s: a time is found again from any log SNR in its range", (_, process) => {
  const [most, least] = [process.tMin, process.tMax].map((t) => logSnr(process.level(t))) as [
    number,
    number,
  ];
  fc.assert(
    fc.property(fc.double({ min: least, max: most, noNaN: true }), (given) => {
      expect(logSnr(process.level(process.timeAt(given)))).toBeCloseTo(given, 9);
    }),
  );
});

test("levels of descending times end clean, or where told", () => {
  const process = vp();
  const list = processLevels(process, [1, 0.5]);
  expect(list[0]).toEqual({ alpha: process.alpha(1), sigma: process.sigma(1), timestep: 1 });
  expect(list.at(-1)).toBe(CLEAN);
  expect(processLevels(process, [1, 0.5], null)).toHaveLength(2);
  expect(() => processLevels(process, [0.5, 0.5])).toThrow(
    /processLevels: times must strictly descend/,
  );
});

test("a process whose times are out of order is refused", () => {
  expect(() => vp({ tMin: 1 })).toThrow(/vp: tMin and tMax must satisfy/);
  expect(() => makeProcess({ ...ou(), tMin: -1 })).toThrow(/ou: tMin/);
  expect(() => ve({ sigmaMin: 2, sigmaMax: 1 })).toThrow(/ve: sigmas must satisfy/);
  expect(() => vdm(linearGamma()).timeAt(50)).toThrow(
    /vdm: −logSnr must lie in \[-13.3, 5\], got -50/,
  );
});
