import { type CompareResult, comparedSamples, type DataMoments } from "@symbreak/analysis";
import { bytesOf, imageShape } from "@symbreak/core";
import { imageGrid, type Picture, type StartPictures } from "@symbreak/figures";
import type { Subject } from "../subject.ts";

/** For each row of the table its first images from the usual noise start and from the best late start. */
export async function startPictures(
  { network, data: set }: Subject,
  moments: DataMoments,
  result: CompareResult,
): Promise<StartPictures[]> {
  const shape = imageShape("ssb", set);
  const picture = (data: Parameters<typeof bytesOf>[1]): Picture =>
    imageGrid({ images: bytesOf("ssb", data), shape, columns: 10 });
  const rows = await comparedSamples(network, set, result, { moments });
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
