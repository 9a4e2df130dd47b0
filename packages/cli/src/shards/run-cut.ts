import { PartsElsewhere } from "@symbreak/core";
import { commandLine, type Outcome } from "../publish.ts";
import type { Cut } from "./cut.ts";
import { type Job, writeJob } from "./job.ts";

/** Runs a command that is cut: one shard of it ends when its own parts are made, a merge has all of them or says who lacks. */
export async function runCut(
  job: Job,
  { team, directories }: Cut,
  run: () => Promise<Outcome | undefined>,
): Promise<Outcome | undefined> {
  const { own } = team;
  const [directory] = directories;
  if (own !== null) await writeJob(directory, job);
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PartsElsewhere)) throw error;
    if (own === null) throw lacking(job, directories, error);
    return {
      result: { kind: "shard", verb: job.verb, shard: own, of: job.of },
      text: `shard ${own} of ${job.of} is made; when all are: ${commandLine(["merge", directory])}\n`,
      directory: null,
    };
  }
}

/** Shards whose commands are written out; of more it is said that they are like these. */
const SHOWN = 3;

function lacking({ verb, argv, of }: Job, directories: Cut["directories"], error: PartsElsewhere) {
  const { shards, message } = error;
  const commands = shards
    .slice(0, SHOWN)
    .map((k) => commandLine([verb, ...argv, "--shard", `${k}/${of}`, "--out", directories[0]]));
  const others = shards.slice(SHOWN);
  const like = others.length > 0 ? [`and likewise shards ${others.join(", ")}`] : [];
  const which = `${shards.length > 1 ? "shards" : "shard"} ${shards.join(", ")} of ${of}`;
  return new Error(
    [
      `${directories.join(", ")} lacks ${message} (${which}). Make them with`,
      ...[...commands, ...like].map((line) => `  ${line}`),
    ].join("\n"),
  );
}
