import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { difference, type Outcome } from "./goldens/compare.ts";
import { runDiffusersCase } from "./goldens/diffusers-case.ts";
import type { DiffusersCase, GoldenFile, OfficialCase, Reference } from "./goldens/golden-file.ts";
import { runOfficialCase } from "./goldens/official-case.ts";
import { SCALAR_CHECKS } from "./goldens/scalar-checks.ts";

/** How one case went. */
export interface CaseResult {
  readonly id: string;
  readonly passed: boolean;
  /** Relative errors of the sum, or what is wrong. */
  readonly note: string;
}

/** Runs every case of a golden file through the public API, in both precisions of tables. */
export async function* runGoldens(file: GoldenFile): AsyncGenerator<CaseResult, void, undefined> {
  for (const golden of [...(file.upstream_cases ?? []), ...(file.generated_cases ?? [])])
    yield compared(golden, (precision) => runDiffusersCase(golden, precision));
  for (const golden of file.official_symmetry_breaking_repo?.cases ?? [])
    yield compared(golden, async (precision) => runOfficialCase(golden, precision));
  for (const [name, check] of Object.entries(SCALAR_CHECKS)) {
    const expected = file.scalar_checks?.[name];
    if (expected === undefined) continue;
    const complaints = check(expected, Number(file.scalar_checks?.tol ?? 1e-5));
    const note = complaints.join("; ") || "as expected";
    yield { id: `scalar/${name}`, passed: complaints.length === 0, note };
  }
}

async function compared(
  golden: DiffusersCase | OfficialCase,
  run: (precision: "float64" | "float32") => Promise<Outcome>,
): Promise<CaseResult> {
  const { id } = golden;
  const references: ["float64" | "float32", Reference | undefined][] = [
    ["float64", golden.reference_f64],
    ["float32", golden.reference_f32],
  ];
  const notes: string[] = [];
  let passed = golden.error !== undefined || references.some(([, reference]) => reference);
  if (golden.error !== undefined) {
    const message = await run("float64").then(
      () => undefined,
      (error: Error) => error.message,
    );
    return {
      id,
      passed: message !== undefined,
      note: message ?? `no error, expected ${golden.error}`,
    };
  }
  for (const [precision, reference] of references) {
    if (reference === undefined) continue;
    try {
      const { error, complaints } = difference(await run(precision), reference, precision);
      notes.push(`${precision} ${error.toExponential(1)}`, ...complaints);
      passed &&= complaints.length === 0;
    } catch (error) {
      notes.push(`${precision} ${(error as Error).message}`);
      passed = false;
    }
  }
  return { id, passed, note: notes.join("; ") || "no reference" };
}

async function main(path: string | undefined): Promise<void> {
  if (path === undefined) throw new Error("usage: goldens.ts <file.json>");
  const file = JSON.parse(await readFile(path, "utf8")) as GoldenFile;
  let [passed, failed] = [0, 0];
  for await (const result of runGoldens(file)) {
    if (result.passed) passed++;
    else failed++;
    console.log(`${result.passed ? "pass" : "FAIL"} ${result.id}  ${result.note}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv[2]);
