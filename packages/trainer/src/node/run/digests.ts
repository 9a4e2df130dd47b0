import { join } from "node:path";
import { readJsonIfThere } from "@symbreak/files";

/** SHA-256 of the files of a checkpoint, by their paths in the run's directory. */
type Digests = Readonly<Record<string, string>>;

/** Where a directory keeps the digests of its checkpoint. */
export const DIGESTS = "digests.json";

/** Where the checkpoint before the last is kept, with its digests. */
export const BEFORE = "before";

/** The digests in a directory; none where there is no such file. @throws Error naming a file that is broken */
async function readDigests(directory: string): Promise<Digests> {
  const file = join(directory, DIGESTS);
  const digests = (await readJsonIfThere(file)) ?? {};
  if (typeof digests !== "object" || !Object.values(digests).every((d) => typeof d === "string"))
    throw new Error(`${file} does not hold digests`);
  return digests as Digests;
}

/**
 * What is known of a run's files: the digests of its last checkpoint and of the one before. A file whose writing was
 * interrupted is of the one or of the other; one that is of neither is damaged, or was changed by hand.
 */
export interface KnownDigests {
  /** Whether a file with this digest is known. */
  has(path: string, digest: string): boolean;
  /** Whether anything is known of this file. */
  knows(path: string): boolean;
  /** What is wrong with the files of digests themselves. */
  readonly problems: readonly string[];
}

/** Reads both files of digests; one that is broken is a problem, and knows nothing. */
export async function knownDigests(directory: string): Promise<KnownDigests> {
  const problems: string[] = [];
  const read = (place: string): Promise<Digests> =>
    readDigests(place).catch((error: Error) => {
      problems.push(error.message);
      return {};
    });
  const both = [await read(directory), await read(join(directory, BEFORE))];
  return {
    has: (path, digest) => both.some((digests) => digests[path] === digest),
    knows: (path) => both.some((digests) => Object.hasOwn(digests, path)),
    problems,
  };
}
