import { join } from "node:path";
import {
  gathering,
  joinedStore,
  parseShard,
  type Shard,
  type Store,
  shardFromEnvironment,
  type Team,
  teamOf,
} from "@symbreak/core";
import { UsageError } from "../usage-error.ts";

/** Which parts of a command's work are made here, and where they are kept. */
export interface Cut {
  /** One shard of several, or whoever gathers what they have made. */
  readonly team: Team;
  /** Where parts are looked for; the first is written to. */
  readonly directories: readonly [string, ...string[]];
}

/** What an experiment takes of a cut, and of a directory that its parts are kept in. */
export interface Parts {
  readonly store: Store | undefined;
  readonly team: Team | undefined;
}

/** The directory that a command's parts are kept in. */
export function partsDirectory(
  cut: Cut | undefined,
  directory: string | undefined,
): string | undefined {
  return cut?.directories[0] ?? directory;
}

/** The option of every verb whose work can be cut. */
export const SHARD_OPTION = {
  shard: {
    type: "string",
    description:
      "Only part i/n of the work, i from 0; by default what Slurm, Kubernetes or RANK says.",
  },
} as const;

/** The shard that was asked for, or that a scheduler says; undefined where the work is whole. Says so on stderr. */
export function shardAsked(
  text: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Shard | undefined {
  if (text !== undefined) return parseShard(text);
  const found = shardFromEnvironment(environment);
  if (found !== undefined) process.stderr.write(`${found.source}\n`);
  return found;
}

/** The cut of one shard. @throws UsageError without a directory that all shards share */
export function cutOf({ index, of }: Shard, directory: string | undefined): Cut {
  if (directory === undefined)
    throw new UsageError(
      `this is shard ${index} of ${of}: name the directory that all of them share with --out`,
    );
  return { team: teamOf({ index, of }), directories: [directory] };
}

/** The cut of whoever gathers what `of` shards have left in some directories. */
export function gatheringCut(of: number, directories: Cut["directories"]): Cut {
  return { team: gathering(of), directories };
}

/** Where an experiment keeps its parts: as it is cut, else in the directory of its result; nowhere without one. */
export async function partsOf(cut: Cut | undefined, directory: string | undefined): Promise<Parts> {
  const at = cut?.directories ?? (directory === undefined ? [] : [directory]);
  const { folderStore } = await import("@symbreak/files");
  const [first, ...others] = at.map((folder) =>
    folderStore(join(folder, "parts"), (text) => process.stderr.write(`${text}\n`)),
  );
  return { store: first && joinedStore(first, others), team: cut?.team };
}
