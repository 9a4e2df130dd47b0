import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkMetrics, type Golden } from "../../scripts/check-metrics.ts";

const file = new URL("../goldens/metrics.json", import.meta.url);
const golden = JSON.parse(readFileSync(file, "utf8")) as Golden;

test("every golden value is reached", async () => {
  let count = 0;
  for await (const { name, ours, reference, tolerance } of checkMetrics(golden)) {
    count++;
    expect(Math.abs(ours - reference), name).toBeLessThanOrEqual(tolerance);
  }
  expect(count).toBe(41);
});

test("the runner prints a verdict a line and fails on a wrong or unknown value", () => {
  const cases = structuredClone(golden.cases) as Record<string, Record<string, unknown>>;
  cases.fullrank_200x8!.vendi_X = 7.94;
  cases.fullrank_200x8!.unheard_of = 1;
  const folder = mkdtempSync(join(tmpdir(), "goldens-"));
  const path = join(folder, "changed.json");
  writeFileSync(path, JSON.stringify({ cases }));
  const script = new URL("../../scripts/goldens.ts", import.meta.url).pathname;
  const run = spawnSync(process.execPath, ["--conditions=source", script, path], {
    encoding: "utf8",
  });
  expect(run.stderr).toBe("");
  expect(run.stdout.trim().split("\n").at(-1)).toBe("40 passed, 2 failed");
  expect(run.stdout).toContain("FAIL fullrank_200x8 vendi_X: 7.939953984536809 against 7.94");
  expect(run.status).toBe(1);
});
