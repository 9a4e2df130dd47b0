import { type CompareResult, comparedSamples } from "@symbreak/analysis";
import { bytesOf, imageShape } from "@symbreak/core";
import { imageGrid, type Picture, type StartPictures } from "@symbreak/figures";
import type { Setting } from "./setting.ts";

/** For each row of the table its first images from the usual noise start and from the best late start. */
export async function startPictures(
  { subject, set, moments }: Setting,
  result: CompareResult,
): Promise<StartPictures[]> {
  const shape = imageShape("ssb", set);
  const picture = (data: Parameters<typeof bytesOf>[1]): Picture =>
    imageGrid({ images: bytesOf("ssb", data), shape, columns: 10 });
  const rows = await comparedSamples(subject, set, result, { moments });
  return rows.map(({ solver, steps, usual, late }, i) => {
    const gain = result.gains[i]!;
    return {
      name: result.protocol.solvers[solver]!.title,
      steps,
      usual: picture(usual),
      late: picture(late),
      from: { usual: gain.usual.timestep, late: gain.late.timestep },
    };
  });
}
