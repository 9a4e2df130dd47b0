import type { CloneBranch } from "@symbreak/analysis";
import { type Data, imageShape, toBytes } from "@symbreak/core";
import { imageGrid, type Picture } from "@symbreak/figures";

/** Trajectories shown, and clones of each. */
export const SHOWN = { count: 6, clones: 5 } as const;

/** Times shown, of those that were cloned. */
const TIMES = 5;

/** A picture of one time: a trajectory a row, its state first, then its clones. */
export interface BranchPicture {
  /** "index-440" */
  readonly file: string;
  readonly name: string;
  readonly picture: Picture;
}

/** A few of many, the first and the last among them. */
export function timesShown<T>(times: readonly T[]): T[] {
  const count = Math.min(TIMES, times.length);
  return Array.from(
    { length: count },
    (_, k) => times[count === 1 ? 0 : Math.round((k * (times.length - 1)) / (count - 1))]!,
  );
}

/** Lays the clones of each branch side by side; `times` are those of the branches, in their order. */
export async function branchPictures(
  branches: AsyncIterable<CloneBranch>,
  times: readonly { readonly ddpmIndex: number | null }[],
  set: Data,
): Promise<BranchPicture[]> {
  const pictures: BranchPicture[] = [];
  for await (const branch of branches) {
    const index = Math.round(times[pictures.length]?.ddpmIndex ?? branch.level.timestep);
    const picture = sideBySide(branch, set);
    pictures.push({ file: `index-${index}`, name: `parted at index ${index}`, picture });
  }
  return pictures;
}

function sideBySide({ count, state, samples }: CloneBranch, set: Data): Picture {
  const shape = imageShape("ssb clone", set);
  const size = state.length / count;
  const { clones } = SHOWN;
  const rows = new Float32Array(count * (1 + clones) * size);
  for (let i = 0; i < count; i++) {
    const at = i * (1 + clones) * size;
    rows.set(state.subarray(i * size, (i + 1) * size), at);
    for (let c = 0; c < clones; c++) {
      const from = (c * count + i) * size;
      rows.set(samples.subarray(from, from + size), at + (1 + c) * size);
    }
  }
  return imageGrid({ images: toBytes(rows, shape, set.units), shape, columns: 1 + clones });
}
