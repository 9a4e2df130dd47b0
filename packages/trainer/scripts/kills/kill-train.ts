// kill −9 at random moments of training runs: node --conditions=source kill-train.ts [moments, default 100]
import { fileURLToPath } from "node:url";
import { type Kills, killAtRandom } from "../../../files/scripts/kills/kill-at-random.ts";

/** What killing a run of training came to. */
export interface TrainingKills extends Pick<Kills, "killed" | "differing"> {
  /** The step that each was at when it went on, in order; 0 where nothing had been saved. */
  readonly resumedAt: readonly number[];
  /** Whatever was said of damage. There should be nothing. */
  readonly said: readonly string[];
}

/** Kills a tiny run at random moments. Of the log, which has times, the steps must be the same. */
export async function killTraining(moments: number, random: () => number): Promise<TrainingKills> {
  const script = fileURLToPath(new URL("tiny-run.ts", import.meta.url));
  const words = ["--conditions=source", script, "."];
  const { lines, ...kills } = await killAtRandom(
    { words, from: "first word", essence },
    moments,
    random,
  );
  const resumedAt = lines.flatMap((line) => /^from (\d+)$/.exec(line)?.slice(1).map(Number) ?? []);
  const said = lines.filter((line) => !/^(from|done) \d+$/.test(line));
  return { ...kills, resumedAt, said };
}

/** Of the log the steps alone, and nothing of TensorBoard's files, whose names are times. */
function essence(name: string, bytes: Buffer): string | Buffer | null {
  if (name.startsWith("tensorboard")) return null;
  if (name !== "log.jsonl") return bytes;
  const lines = bytes.toString().trim().split("\n");
  return lines.map((line) => JSON.parse(line).step).join();
}

if (import.meta.main) {
  const { killed, resumedAt, said, differing } = await killTraining(
    Number(process.argv[2] ?? 100),
    Math.random,
  );
  console.log(`${killed} killed; went on from steps ${resumedAt.join(", ")}`);
  for (const line of said) console.log(`said: ${line}`);
  for (const file of differing) console.log(`DIFFERS ${file}`);
  console.log(differing.length === 0 ? "every run ended with the same bytes" : "FAILED");
  process.exitCode = differing.length === 0 ? 0 : 1;
}
