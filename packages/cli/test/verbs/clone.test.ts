import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, json } from "../support/call.ts";

const network = fileURLToPath(
  new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "clone-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("two Gaussians: phi with its interval and closed form, the crossing on both clocks", async () => {
  const options = ["--dim", "256", "--pairs", "1500", "--steps", "50", "--times", "2.27,2.77,3.27"];
  const found = (await json(["clone", "--mixture", ...options])) as {
    phi: { ouTime: number; value: number; low: number; high: number; exact: number }[];
    crossing: { ouTime: number; ddpmIndex: number; threshold: number };
    speciation: { ouTime: number };
    simulated: string;
  };
  expect(found.phi.map(({ ouTime }) => Number(ouTime.toFixed(6)))).toEqual([3.27, 2.77, 2.27]);
  for (const { value, low, high, exact } of found.phi) {
    expect(low).toBeLessThan(value);
    expect(Math.abs(value - exact)).toBeLessThan(1.5 * (high - low));
  }
  expect(found.crossing.threshold).toBe(0.775);
  expect(Math.abs(found.crossing.ouTime - found.speciation.ouTime)).toBeLessThan(0.15);
  expect(found.crossing.ddpmIndex).toBeGreaterThan(700);
  expect(found.simulated).toContain("of 256");
}, 120_000);

const tiny = [
  ...["clone", network, "--data", "mnist", "--split", "test", "--limit", "200", "--resize", "8"],
  ...["--classifier", "nearest", "--pairs", "3", "--steps", "5", "--times", "600,400"],
];

test("a network: curve, judge and protocol; a page and pictures of the branches", async () => {
  const out = join(directory, "net");
  const { code, stdout, stderr } = await call([...tiny, "--out", out]);
  expect(stderr.includes("Error")).toBe(false);
  expect(code).toBe(0);
  expect(stdout).toMatch(/DDPM index\s+phi\s+\[95 %\]/);
  expect(stdout).toContain("The data say t_S");
  const result = JSON.parse(await readFile(join(out, "result.json"), "utf8"));
  expect(result).toMatchObject({ solver: "ddpm", steps: 5, trajectories: 3, clones: 2, seed: "1" });
  expect(result.classes).toHaveLength(10);
  expect(result.judge.tested).toBeNull();
  expect(result.judge.name).toMatch(/nearest of \d+ images/);
  expect(result.published).toBeNull();
  const page = await readFile(join(out, "report.html"), "utf8");
  expect(page).toContain('<h2 id="s2">Branches</h2>');
  expect((await readdir(join(out, "branches"))).length).toBe(2);
}, 120_000);

test("with --json nothing is written unless told where, and the numbers are the same", async () => {
  const found = await json(tiny);
  const written = JSON.parse(await readFile(join(directory, "net", "result.json"), "utf8"));
  expect(found).toEqual(written);
}, 120_000);

test("what does not fit together is called so", async () => {
  const refused = async (args: string[], message: string) => {
    const { code, stderr } = await call(["clone", ...args]);
    expect([code, stderr.includes(message) ? message : stderr]).toEqual([2, message]);
  };
  await refused([], "clone needs a network, or --mixture");
  await refused([network, "--mixture"], "not both");
  await refused([network, "--dim", "4"], "--dim is for --mixture");
  await refused(["--mixture", "--times", "-1"], "--times must be positive");
  await refused([network, "--data", "mnist", "--solver", "ddim"], "--solver must be one of ddpm");
});
