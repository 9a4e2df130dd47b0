import type { ClonePictures } from "@symbreak/analysis";
import { type Data, imageShape, toBytes } from "@symbreak/core";
import { imageGrid, type Picture } from "../../image-grid.ts";
import { pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";

/** The clones at one time as one picture: a trajectory a row, its state first, then its clones. */
export function branchPicture(
  { state, samples, count, clones }: ClonePictures,
  data: Pick<Data, "shape" | "units">,
): Picture {
  const shape = imageShape("branchPicture", data);
  const size = state.length / count;
  const rows = new Float32Array(count * (1 + clones) * size);
  for (let i = 0; i < count; i++) {
    const at = i * (1 + clones) * size;
    rows.set(state.subarray(i * size, (i + 1) * size), at);
    for (let c = 0; c < clones; c++) {
      const from = (c * count + i) * size;
      rows.set(samples.subarray(from, from + size), at + (1 + c) * size);
    }
  }
  return imageGrid({ images: toBytes(rows, shape, data.units), shape, columns: 1 + clones });
}

/** The section of these pictures, each with the name of its time. */
export function branchSection(
  grids: readonly { readonly name: string; readonly picture: Picture }[],
): Section {
  const list = grids.map(({ name, picture }) => ({ name, picture, alt: `Clones ${name}` }));
  return {
    title: "Branches",
    text: ["A trajectory a row: its state where it parts, then its continuations."],
    content: [pictures(list, "The same trajectories at each time.")],
  };
}
