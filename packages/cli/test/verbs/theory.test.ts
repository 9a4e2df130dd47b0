import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call, json } from "../support/call.ts";
import { ssb } from "../support/ssb.ts";

test("theory two-deltas --json has the contract's keys and the reference values", async () => {
  const { code, stdout, stderr } = await ssb(["theory", "two-deltas", "--json"]);
  expect([code, stderr]).toEqual([0, ""]);
  const result = JSON.parse(stdout);
  expect(result.thetaCritical).toBeCloseTo(0.6435942529, 10);
  expect(result.alphaBarCritical).toBeCloseTo(0.4142135624, 10);
  expect(result.ouTime).toBeCloseTo(0.4406867935, 10);
  expect(result.vpTime).toBeCloseTo(0.2926416543, 10);
  expect(result.ddpmIndex).toBe(292);
  expect(result.densitySplit).toMatchObject({ alphaBar: 0.5, ddpmIndex: 258 });
  expect(result.driftSplit).toMatchObject({ alphaBar: 0 });
  const fixedPoints = result.fixedPoints as { theta: number; x: number }[];
  const reference = [
    0.2610549862, 0.4092993203, 0.6991741572, 0.8663285227, 0.9470385761, 0.9821375681,
    0.9943138454, 0.9986859325, 0.9999494975,
  ];
  expect(fixedPoints.map(({ theta }) => theta)).toEqual([
    0.65, 0.66, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99,
  ]);
  fixedPoints.forEach(({ x }, i) => {
    expect(x).toBeCloseTo(reference[i]!, 9);
  });
});

test("theory mixture gives the critical times of two Gaussians, a fold where weights differ", async () => {
  const even = await json(["theory", "mixture", "--mean", "2", "--deviation", "0.5"]);
  expect(even).toMatchObject({ bifurcation: "pitchfork", bornAt: 0 });
  expect(even.alphaBarCritical).toBeCloseTo(0.1239202649, 10);
  expect(even.ouTime).toBeCloseTo(1.04405847, 8);
  expect((even.densitySplit as { alphaBar: number }).alphaBar).toBeCloseTo(0.21052632, 8);
  const uneven = await json(["theory", "mixture", "--weight", "0.6"]);
  expect(uneven.bifurcation).toBe("fold");
  expect(uneven.ouTime as number).toBeLessThan(even.ouTime as number);
  expect(uneven.bornAt as number).toBeLessThan(0);
});

test("theory mixture of four classes decides twice: between the pairs, then within each", async () => {
  const two = await json(["theory", "mixture", "--means=-2,2"]);
  const even = await json(["theory", "mixture"]);
  const [only] = two.critical as { kind: string; x: number; alphaBar: number; ouTime: number }[];
  expect(two.critical).toHaveLength(1);
  expect(only!.kind).toBe("pitchfork");
  expect(only!.alphaBar).toBeCloseTo(even.alphaBarCritical as number, 9);
  const four = await json(["theory", "mixture", "--means=-11,-9,9,11", "--deviation", "0.2"]);
  const times = four.critical as { ouTime: number; x: number }[];
  expect(times.length).toBeGreaterThanOrEqual(3);
  // The pairs are as two classes at ±10 of a variance of 1.04; their halves part much later.
  expect(times[0]!.ouTime - times[1]!.ouTime).toBeGreaterThan(1);
  const wrong = await call(["theory", "mixture", "--means=1,2", "--weights", "1"]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("one for each of --means"),
  ]);
});

test("theory guidance has the published bias of the ODE, and a class that is not guided stays itself", async () => {
  const { rows } = (await json([
    ...["theory", "guidance", "--weights", "1,2", "--means", "4"],
  ])) as unknown as { rows: { dynamics: string; w: number; bias: number; variance: number }[] };
  const at = (dynamics: string, w: number) =>
    rows.find((row) => row.dynamics === dynamics && row.w === w)!;
  expect(at("ode", 1).bias).toBeCloseTo(0, 3);
  expect(at("ode", 1).variance).toBeCloseTo(1, 3);
  expect(at("ode", 2).bias).toBeGreaterThan(at("sde", 2).bias);
});

test("theory guidance of other deviations is the same law in other units", async () => {
  type Rows = { rows: { dynamics: string; M: number; bias: number; variance: number }[] };
  const of = async (means: string, deviation: string) => {
    const given = ["--weights", "2", "--means", means, "--deviation", deviation];
    return ((await json(["theory", "guidance", ...given])) as unknown as Rows).rows;
  };
  const [unit, half] = [await of("2,4", "1"), await of("1,2", "0.5")];
  half.forEach(({ M, bias, variance }, k) => {
    expect(M).toBe(unit[k]!.M / 2);
    expect(bias).toBeCloseTo(unit[k]!.bias / 2, 12);
    expect(variance).toBeCloseTo(unit[k]!.variance / 4, 12);
  });
  const wrong = await call(["theory", "guidance", "--deviation", "0"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("must be positive")]);
});

test("theory mixture takes a deviation for each class", async () => {
  const given = ["--means=-2,0,2.5", "--weights", "0.5,0.3,0.2"];
  const result = await json(["theory", "mixture", ...given, "--deviation", "0.1,0.2,0.3"]);
  expect(result.deviations).toEqual([0.1, 0.2, 0.3]);
  const times = (result.critical as { ouTime: number }[]).map(({ ouTime }) => ouTime);
  // By counting zeros of x + 2 score on a grid of 20,001 places at 160 times: 0.621 < t < 0.648 and 0.208 < t < 0.217.
  expect(times).toHaveLength(2);
  expect(times[0]).toBeGreaterThan(0.621);
  expect(times[0]).toBeLessThan(0.648);
  expect(times[1]).toBeGreaterThan(0.208);
  expect(times[1]).toBeLessThan(0.217);
  const wrong = await call(["theory", "mixture", ...given, "--deviation", "0.1,0.2"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("one, or 3")]);
  const alone = await call(["theory", "mixture", "--weights", "0.5,0.5"]);
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("goes with --means")]);
});

test("theory random-features: four times the samples take four times as long to memorise", async () => {
  const { rows } = (await json(["theory", "random-features"])) as unknown as {
    rows: { samples: number; tauGen: number; tauMem: number }[];
  };
  expect(rows.map(({ samples }) => samples)).toEqual([16, 32, 64]);
  expect(rows[2]!.tauMem / rows[0]!.tauMem).toBeGreaterThan(2.6);
  expect(rows[2]!.tauMem / rows[0]!.tauMem).toBeLessThan(5.4);
  expect(rows[2]!.tauGen / rows[0]!.tauGen).toBeLessThan(1.6);
});

test("theory sphere follows θ_c² = (√(D² + r⁴) − r²)/D", async () => {
  const result = await json(["theory", "sphere", "--dimension", "64", "--radius", "4"]);
  expect(result.alphaBarCritical).toBeCloseTo((Math.sqrt(64 ** 2 + 4 ** 4) - 4 ** 2) / 64, 12);
});

test("theory curie-weiss splits half ln 2 before t_S, where clones agree with probability 0.7752", async () => {
  const result = await json(["theory", "curie-weiss", "--dimension", "256"]);
  expect(result.ouTime).toBeCloseTo(3.11916231, 8);
  expect(result.speciation).toMatchObject({
    ouTime: expect.closeTo(2.77258872, 8),
    cloningProbability: expect.closeTo(0.7752002454, 10),
  });
});

test("theory writes a report with its pictures, and says where", async () => {
  for (const model of ["two-deltas", "curie-weiss"]) {
    const { code, stdout, stderr, directory } = await ssb(["theory", model]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Report: runs/theory-${model}/report.html`);
    const report = readFileSync(join(directory, `runs/theory-${model}/report.html`), "utf8");
    expect(report.match(/<svg [^>]*role="img" aria-label="[^"]{20,}"/g)?.length).toBeGreaterThan(0);
    expect(report).toContain(`<code>ssb theory ${model}</code>`);
    expect(
      JSON.parse(readFileSync(join(directory, `runs/theory-${model}/result.json`), "utf8")),
    ).toHaveProperty("thetaCritical");
  }
});
