import type { LateStartGain, MeasuredCell } from "@symbreak/analysis";
import { imageShape } from "@symbreak/core";
import { imageGrid, type Picture } from "@symbreak/figures";
import { labelOf } from "./compare-rows.ts";
import { drawCell } from "./measure-cell.ts";
import type { Setting } from "./setting.ts";

/** The same seeds from two starts. */
export interface StartPictures {
  readonly name: string;
  readonly steps: number;
  readonly usual: Picture;
  readonly late: Picture;
  readonly from: { readonly usual: number; readonly late: number };
}

/** Images in a grid. */
const SHOWN = 40;

/** For each row of the table its first images from the usual noise start and from the best late start. */
export async function startPictures(
  setting: Setting,
  gains: readonly LateStartGain[],
  seed: number,
): Promise<StartPictures[]> {
  const picture = async (cell: MeasuredCell): Promise<Picture> => {
    const { images } = await drawCell(setting, cell, { count: SHOWN, first: cell.first, seed });
    return imageGrid({ images, shape: imageShape("ssb", setting.set), columns: 10 });
  };
  const found: StartPictures[] = [];
  for (const { solver, steps, usual, late } of gains)
    found.push({
      name: labelOf(solver),
      steps,
      usual: await picture(usual),
      late: await picture(late),
      from: { usual: usual.timestep, late: late.timestep },
    });
  return found;
}
