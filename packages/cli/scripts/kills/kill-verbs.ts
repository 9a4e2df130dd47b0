// kill −9 at random moments of verbs: node --conditions=source kill-verbs.ts [moments, default 100] [compare, clone, merge …]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Killed,
  type Kills,
  killAtRandom,
} from "../../../files/scripts/kills/kill-at-random.ts";
import { TINY_NETWORK, tinyImages } from "../../test/support/tiny-files.ts";

const SSB = [
  "--conditions=source",
  fileURLToPath(new URL("../../src/bin.ts", import.meta.url)),
] as const;

/** Verbs of seconds with a network of 8×8 pixels; each writes in the directory that it runs in. */
const VERBS: Readonly<Record<string, (folder: string) => Killed>> = {
  compare: (folder) => ({
    words: [
      ...[...SSB, "compare", TINY_NETWORK, "--data", tinyImages(folder), "--extractor", "pca4"],
      ...["--solvers", "ddim", "--steps", "3", "--also", "", "--samples", "50", "--scan", "50"],
      ...["--trial", "0", "--full", "0", "--real", "50", "--out", "out"],
    ],
    from: "first word",
  }),
  clone: (folder) => ({
    words: [
      ...[...SSB, "clone", TINY_NETWORK, "--data", tinyImages(folder), "--classifier", "nearest"],
      ...["--steps", "5", "--pairs", "300", "--times", "600,500,400,300", "--out", "out"],
    ],
    from: "first word",
  }),
  merge: (folder) => ({
    words: [...SSB, "merge", "shards"],
    before: shards(folder),
    from: "birth",
  }),
};

/** Kills a verb at random moments. */
export async function killVerb(
  verb: string,
  moments: number,
  random: () => number,
): Promise<Kills> {
  const folder = mkdtempSync(join(tmpdir(), "kill-verbs-"));
  try {
    return await killAtRandom(VERBS[verb]!(folder), moments, random);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A directory with three shards of 192 samples. */
function shards(folder: string): string {
  const words = [
    ...SSB,
    "sample",
    TINY_NETWORK,
    "--start",
    "noise",
    "--steps",
    "2",
    "--count",
    "192",
  ];
  for (let shard = 0; shard < 3; shard++)
    execFileSync(process.execPath, [...words, "--shard", `${shard}/3`, "--out", "all/shards"], {
      cwd: folder,
      stdio: "ignore",
    });
  return join(folder, "all");
}

if (import.meta.main) {
  const [moments = "100", ...verbs] = process.argv.slice(2);
  for (const verb of verbs.length > 0 ? verbs : Object.keys(VERBS)) {
    const { killed, runs, differing, lines } = await killVerb(verb, Number(moments), Math.random);
    console.log(
      `${verb}: ${killed} kills of ${runs} runs, ${differing.length} files that differ from those of a run in peace`,
    );
    for (const file of differing) console.log(`  DIFFERS ${file}`);
    const said = lines.filter((line) => /digest|damaged|made anew/.test(line));
    for (const line of said) console.log(`  said: ${line}`);
    if (differing.length > 0) process.exitCode = 1;
  }
}
