// kill −9 at random moments of verbs: node --conditions=source kill-verbs.ts [moments, default 100] [compare, clone, merge …]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npzBytes } from "@symbreak/datasets";
import {
  type Killed,
  type Kills,
  killAtRandom,
} from "../../../files/scripts/kills/kill-at-random.ts";

const SSB = [
  "--conditions=source",
  fileURLToPath(new URL("../../src/bin.ts", import.meta.url)),
] as const;
const NETWORK = fileURLToPath(
  new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);

/** Verbs of seconds with a network of 8×8 pixels; each writes in the directory that it runs in. */
const VERBS: Readonly<Record<string, (folder: string) => Killed>> = {
  compare: (folder) => ({
    words: [
      ...[...SSB, "compare", NETWORK, "--data", images(folder), "--extractor", "pca4"],
      ...["--solvers", "ddim", "--steps", "3", "--also", "", "--samples", "50", "--scan", "50"],
      ...["--trial", "0", "--full", "0", "--real", "50", "--out", "out"],
    ],
    from: "first word",
  }),
  clone: (folder) => ({
    words: [
      ...[...SSB, "clone", NETWORK, "--data", images(folder), "--classifier", "nearest"],
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

/** Sixty pictures of two classes, dark and light. */
function images(folder: string): string {
  const count = 60;
  const path = join(folder, "images.npz");
  const pixel = (i: number): number => {
    const image = Math.floor(i / 64);
    return (image % 2 ? 150 : 30) + ((i * 7919 + image * 104_729) % 61);
  };
  const data = Uint8Array.from({ length: count * 64 }, (_, i) => pixel(i));
  const labels = { data: Uint8Array.from({ length: count }, (_, i) => i % 2) };
  writeFileSync(path, npzBytes({ images: { data, shape: [count, 8, 8] }, labels }));
  return path;
}

/** A directory with three shards of 192 samples. */
function shards(folder: string): string {
  const words = [...SSB, "sample", NETWORK, "--start", "noise", "--steps", "2", "--count", "192"];
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
