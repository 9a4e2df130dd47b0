import { readIfThere, writeAtomically } from "@symbreak/files";
import { readSafetensors, writeSafetensors } from "@symbreak/trainer";

/** Arrays that a run keeps in a file, each with the config that it is of. */
export interface Kept {
  readonly arrays: Readonly<Record<string, Float32Array>>;
  readonly step: number;
}

/** Keeps arrays in one stroke. */
export function keep(file: string, config: object, { arrays, step }: Kept): Promise<void> {
  const tensors = Object.entries(arrays).map(
    ([name, data]) => [name, { shape: [data.length], data }] as const,
  );
  const notes = { config: JSON.stringify(config), step: `${step}` };
  return writeAtomically(file, writeSafetensors(Object.fromEntries(tensors), notes));
}

/**
 * What was kept; undefined where nothing was.
 *
 * @throws Error for what is of another config: a run never goes on with somebody else's
 */
export async function kept(file: string, config: object): Promise<Kept | undefined> {
  const bytes = await readIfThere(file);
  if (bytes === undefined) return undefined;
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.config !== JSON.stringify(config))
    throw new Error(
      `${file} is of another config: name another directory with --out, or remove it`,
    );
  const arrays = Object.entries(tensors).map(([name, { data }]) => [name, data] as const);
  return { arrays: Object.fromEntries(arrays), step: Number(metadata.step) };
}
