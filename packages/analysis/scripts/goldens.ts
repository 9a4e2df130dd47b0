/**
 * Compares every metric of a golden file with ours, a line each; exits with 1 when one differs.
 *
 *     node --conditions=source packages/analysis/scripts/goldens.ts packages/analysis/test/goldens/metrics.json
 */
import { readFileSync } from "node:fs";
import { checkMetrics, type Golden } from "./check-metrics.ts";

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: goldens.ts <file.json>\n");
  process.exit(2);
}
const golden = JSON.parse(readFileSync(file, "utf8")) as Golden;
let [passed, failed] = [0, 0];
for await (const check of checkMetrics(golden)) {
  if (check.passed) passed++;
  else failed++;
  const verdict = check.passed ? "ok  " : "FAIL";
  const numbers = `${check.ours} against ${check.reference} (± ${check.tolerance.toPrecision(2)})`;
  process.stdout.write(`${verdict} ${check.name}: ${numbers}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
