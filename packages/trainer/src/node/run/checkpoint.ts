import { copyFile, link, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { invalid } from "@symbreak/core";
import { isMissing, readIfThere, sha256, writeAtomically } from "@symbreak/files";
import { pipelineFiles } from "../../diffusers/pipeline.ts";
import type { RunParts } from "../../run/from-config.ts";
import { unpackWeights } from "../../step/layout.ts";
import { BEFORE, DIGESTS, knownDigests } from "./digests.ts";
import { type Checkpoint, parseStateFile, stateFile } from "./state-file.ts";

/** The file that a run goes on from. */
const STATE = "training/state.safetensors";

/**
 * Writes a checkpoint: the state to go on from, in one file, and made from it the averaged weights as the run directory's
 * own diffusers pipeline (without a scheduler under `unet`, the network alone) and the raw ones under `unet_raw`;
 * `digests.json` has the SHA-256 of each. The checkpoint that was there is kept under `before`.
 *
 * Each file is replaced in one stroke, and its digest written before it, so that whatever interrupts the writing, there is a
 * state whose digest is known, and the run goes on from this checkpoint or the one before.
 *
 * @throws RangeError for weights that are not finite: what is on the disk stays good
 */
export async function writeCheckpoint(
  directory: string,
  parts: RunParts,
  checkpoint: Checkpoint,
): Promise<void> {
  for (const [name, values] of Object.entries(checkpoint.state))
    if (!values.every(Number.isFinite))
      throw invalid("writeCheckpoint", `${name} must be finite`, `step ${checkpoint.step}`);
  const state = stateFile(parts, checkpoint);
  const files = weightFiles(parts, checkpoint);
  await keepBefore(directory);
  await writeDigests(directory, { ...files, [STATE]: state });
  await writeAtomically(join(directory, STATE), state);
  for (const [path, bytes] of Object.entries(files))
    await writeAtomically(join(directory, path), bytes);
}

/**
 * The checkpoint of a run directory: the last one that is whole. Undefined where there is none yet.
 *
 * @param say told of damage, by the file's name, and of what is done about it
 * @throws Error where there are weights but no whole state to go on from: a run never begins anew in silence
 */
export async function readCheckpoint(
  directory: string,
  parts: RunParts,
  say: (text: string) => void = () => {},
): Promise<Checkpoint | undefined> {
  const found = await findState(directory);
  for (const problem of found.problems) say(problem);
  if (found.bytes === undefined) return undefined;
  return parseStateFile(found.bytes, found.file, parts);
}

/**
 * Puts a directory in order before its run goes on from a checkpoint: of a damaged state the whole one takes its place, weight files that are
 * damaged, missing or of another step are made anew from the state, and what an older version wrote gets its digests.
 */
export async function restoreCheckpoint(
  directory: string,
  parts: RunParts,
  checkpoint: Checkpoint,
  say: (text: string) => void = () => {},
): Promise<void> {
  const { bytes, file } = await findState(directory);
  const state = join(directory, STATE);
  const files = weightFiles(parts, checkpoint);
  const known = await knownDigests(directory);
  await writeDigests(directory, { ...files, [STATE]: bytes! });
  if (file !== state) await writeAtomically(state, bytes!);
  for (const [path, wanted] of Object.entries(files)) {
    const there = await readIfThere(join(directory, path));
    const digest = there && sha256(there);
    if (digest === sha256(wanted)) continue;
    if (digest !== undefined && known.knows(path) && !known.has(path, digest))
      say(`${join(directory, path)} was damaged or changed: made anew from the state`);
    await writeAtomically(join(directory, path), wanted);
  }
}

interface FoundState {
  readonly file: string;
  readonly bytes: Buffer | undefined;
  readonly problems: readonly string[];
}

/** The last state that is whole, and what is wrong with those that are not. */
async function findState(directory: string): Promise<FoundState> {
  const known = await knownDigests(directory);
  const problems = [...known.problems];
  const places = [directory, join(directory, BEFORE)].map((place) => join(place, STATE));
  const found = await Promise.all(places.map(readIfThere));
  const checked = known.knows(STATE) || problems.length > 0;
  for (const [i, bytes] of found.entries()) {
    const file = places[i]!;
    if (bytes === undefined) continue;
    if (!checked)
      return {
        file,
        bytes,
        problems: [`${file} is of an older version, without a digest: taken as it is`],
      };
    if (known.has(STATE, sha256(bytes))) {
      if (problems.length > 0) problems.push(`goes on from ${file}, which is whole`);
      return { file, bytes, problems };
    }
    problems.push(`${file} differs from its digest: it is damaged or was changed`);
  }
  const weights = join(directory, "unet/diffusion_pytorch_model.safetensors");
  if (problems.length === 0 && (await readIfThere(weights)) === undefined)
    return { file: places[0]!, bytes: undefined, problems };
  const why = problems.length > 0 ? problems.join("; ") : `${places[0]} is missing`;
  throw new Error(
    `${directory} holds trained weights, but no whole state to go on from: ${why}. Put the file back, take another directory, or remove ${directory} to begin anew` +
      (problems.length > 0
        ? `; without ${DIGESTS} (there and in ${BEFORE}) files are taken unchecked`
        : ""),
  );
}

/** The files that follow from the state: averaged weights, and raw ones. */
function weightFiles(
  { model, step: { layout }, scheduler }: RunParts,
  { state }: Checkpoint,
): Record<string, Uint8Array> {
  const files = (name: "ema" | "parameters"): [string, Uint8Array][] => {
    const weights = unpackWeights(layout, state[name] as Float32Array);
    if (scheduler) return Object.entries(pipelineFiles({ model, weights, scheduler }));
    const network = Object.entries(pipelineFiles({ model, weights }));
    return network.map(([path, bytes]) => [`unet/${path}`, bytes]);
  };
  const raw = files("parameters").flatMap(([path, bytes]): [string, Uint8Array][] =>
    path.startsWith("unet/") ? [[path.replace("unet/", "unet_raw/"), bytes]] : [],
  );
  return Object.fromEntries([...raw, ...files("ema")]);
}

async function writeDigests(
  directory: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const digests = Object.entries(files).map(([path, bytes]) => [path, sha256(bytes)]);
  const text = `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`;
  await writeAtomically(join(directory, DIGESTS), text);
}

/** Gives the checkpoint that is there its second name. */
async function keepBefore(directory: string): Promise<void> {
  const before = join(directory, BEFORE);
  const digests = await readIfThere(join(directory, DIGESTS));
  if (digests === undefined) return;
  await linkAtomically(join(directory, STATE), join(before, STATE));
  await writeAtomically(join(before, DIGESTS), digests);
}

/** A second name for a file that is only ever replaced; a copy where the disk has no such thing. */
async function linkAtomically(file: string, name: string): Promise<void> {
  const partial = `${name}.partial-${process.pid}-00000000`;
  await mkdir(dirname(name), { recursive: true });
  await rm(partial, { force: true });
  try {
    await link(file, partial).catch(() => copyFile(file, partial));
    await rename(partial, name);
  } catch (cause) {
    if (isMissing(cause)) return;
    throw new Error(`${name} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
