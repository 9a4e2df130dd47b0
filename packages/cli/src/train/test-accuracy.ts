import { join } from "node:path";
import { type Units, withUnits } from "@symbreak/core";
import { writeAtomically } from "@symbreak/files";
import type { ResolvedConfig } from "@symbreak/trainer";
import { type Evaluation, evaluateClassifier } from "../network/evaluate-classifier.ts";
import { loadClassifier } from "../network/load-classifier.ts";
import { loadTestData } from "./load-test-data.ts";

/**
 * What a finished classifier of clean images makes of the test split, by its averaged weights; kept in the run as
 * `evaluation.json`. Undefined for other networks, and where there is no test split.
 */
export async function testAccuracy(
  directory: string,
  { objective, data }: Pick<ResolvedConfig, "objective" | "data">,
  units: Units,
): Promise<Evaluation | undefined> {
  if (objective.name !== "classification" || objective.noised) return undefined;
  const set = await loadTestData(data);
  if (set === undefined) return undefined;
  const evaluation = await evaluateClassifier(
    await loadClassifier(directory),
    withUnits(set, units),
  );
  const file = join(directory, "evaluation.json");
  await writeAtomically(file, `${JSON.stringify(evaluation, null, 2)}\n`);
  return evaluation;
}
