import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { call } from "../support/call.ts";

const network = fileURLToPath(
  new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);
const directory = mkdtempSync(join(tmpdir(), "compare-"));
afterAll(() => rmSync(directory, { recursive: true }));

const DATA = ["--data", "mnist", "--limit", "200", "--resize", "8"];
const RUN = [
  ...["compare", network, ...DATA, "--extractor", "pca4", "--solvers", "ddim,pndm"],
  ...[
    "--steps",
    "3",
    "--also",
    "5",
    "--samples",
    "60",
    "--paper",
    "70",
    "--scan",
    "50",
    "--trial",
    "50",
    "--full",
    "0",
  ],
];
const out = (name: string) => ["--out", join(directory, name)];
const read = (name: string, file: string) => readFileSync(join(directory, name, file), "utf8");

test("the table holds noise where everybody starts, tuned noise, the best late start and auto", async () => {
  const { code, stdout, stderr } = await call([...RUN, ...out("a"), "--json"]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const result = JSON.parse(stdout);
  expect(result.gains).toHaveLength(2);
  const [ddim, pndm] = result.gains;
  expect(ddim).toMatchObject({ solver: "ddim", steps: 3, nfe: 3, usual: { timestep: 666 } });
  expect(pndm.nfe).toBe(9);
  // The best of the grid is the best of its scan, and is measured again on other samples.
  const late = result.scan.filter(
    (cell: { solver: string; start: string }) => cell.solver === "ddim" && cell.start === "late",
  );
  expect(late.filter((cell: { grid?: string }) => cell.grid === undefined)).toHaveLength(11);
  const best = late.reduce((a: never, b: never) => (fd(b) < fd(a) ? b : a));
  expect([ddim.late.timestep, ddim.late.grid]).toEqual([best.timestep, best.grid]);
  expect(ddim.late).toMatchObject({ first: 50, count: 60 });
  expect(ddim.ratio.usual).toBeCloseTo(fd(ddim.usual) / fd(ddim.late), 12);
  // Four principal components cannot tell images from their Gaussian: auto does not ask them.
  const [auto] = result.autos;
  expect(result.discrimination.sees).toBe(false);
  expect(result.warnings.join(" ")).toContain("FD-pca4 cannot judge starts");
  expect(auto.tries.coarse[0]).toEqual({ start: "noise", timestep: 666 });
  const cells = readdirSync(join(directory, "a", "parts"))
    .map((file) => JSON.parse(read("a", `parts/${file}`)))
    .filter(({ protocol }) => protocol.kind === "cell");
  expect(cells.filter(({ protocol }) => protocol.first === 120)).toEqual([]);
  expect(auto.reason).toMatch(/^Predicted, not tried: by 50 samples FD-pca4 cannot judge starts\./);
  const { start, timestep } = auto;
  expect(ddim.auto).toMatchObject({ start, timestep });
  // Five steps were not scanned: only the usual start and the chosen one.
  const five = result.table.filter((cell: { steps: number }) => cell.steps === 5);
  expect(new Set(five.map(({ solver }: { solver: string }) => solver))).toEqual(
    new Set(["ddim", "pndm"]),
  );
  expect(result.budgets.map(({ calls }: { calls: number }) => calls)).toEqual([3, 5, 8, 10, 20]);
  expect(result.unseen.count).toBe(70);
  // The paper's columns are the table's own cells with more samples.
  for (const row of result.gains)
    for (const start of ["usual", "late"]) {
      const { solver, steps, timestep } = row[start];
      expect(result.paper).toContainEqual(
        expect.objectContaining({ solver, steps, timestep, first: 50, count: 70 }),
      );
    }
  expect(result.paper).toHaveLength(4);
  expect(result.protocol).toMatchObject({ samples: 60, scan: 50, trial: 50, paper: 70, seed: 1 });
  const lines = read("a", "cells.csv").trimEnd().split("\n");
  expect(lines).toHaveLength(1 + 2 + result.table.length + 4 + result.scan.length);
  expect(read("a", "report.html")).toContain("What late start buys");
}, 240_000);

test("an interrupted comparison goes on with what it lacks, and finds the same", async () => {
  const before = JSON.parse(read("a", "result.json"));
  const cells = readdirSync(join(directory, "a", "parts"));
  unlinkSync(join(directory, "a", "parts", cells[0]!));
  const { code, stdout } = await call([...RUN, ...out("a"), "--json"]);
  expect(code).toBe(0);
  const { command: _, ...again } = JSON.parse(stdout);
  const { command: __, ...first } = before;
  expect(again).toEqual(first);
  expect(readdirSync(join(directory, "a", "parts")).sort()).toEqual(cells.sort());
}, 240_000);

test("cells of another protocol are not mixed in: another seed measures its own", async () => {
  const kept = readdirSync(join(directory, "a", "parts"));
  const { code, stdout } = await call([...RUN, ...out("a"), "--json", "--seed", "2"]);
  expect(code).toBe(0);
  const [before, after] = [JSON.parse(read("a", "result.json")), JSON.parse(stdout)];
  expect(after).toEqual(before);
  expect(after.protocol.seed).toBe(2);
  const cells = readdirSync(join(directory, "a", "parts"))
    .map((file) => JSON.parse(read("a", `parts/${file}`)))
    .filter(({ protocol }) => protocol.kind === "cell");
  const of = (seed: number) => cells.filter(({ protocol }) => protocol.seed === seed);
  expect(of(1).length).toBeLessThan(kept.length);
  expect(of(2).length).toBeGreaterThan(50);
}, 240_000);

test("what cannot be compared is refused before anything is loaded", async () => {
  for (const [options, message] of [
    [["--solvers", "magic"], "--solvers must be one of"],
    [["--steps", "1"], "--steps must be 2 or more"],
    [["--samples", "3"], "--samples must be an integer of at least 50"],
  ] as const) {
    const { code, stderr } = await call(["compare", network, ...DATA, ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});

test("a network that does not know its data asks for them", async () => {
  const { code, stderr } = await call(["compare", network]);
  expect(code).toBe(1);
  expect(stderr).toContain("name the data with --data");
});

function fd(cell: { quality: { frechet: { value: number } } }): number {
  return cell.quality.frechet.value;
}
