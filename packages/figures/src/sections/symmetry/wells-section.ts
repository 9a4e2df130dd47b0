import type { MeasuredSymmetry } from "@symbreak/analysis";
import { imageShape } from "@symbreak/core";
import { imageGrid } from "../../image-grid.ts";
import { captioned, numbers, pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { timeCurves } from "../../time-curves.ts";
import { cleanPicture } from "./symmetry-pictures.ts";
import { said, speciationMoments } from "./symmetry-words.ts";

/** How many wells there are, and what is decided in each. */
export function wellsSection(measured: MeasuredSymmetry, document: unknown): Section {
  const { result, subjects, data } = measured;
  const splits = result.subjects.map(({ name, wells }) =>
    wells.split === null
      ? `${name}: one well throughout`
      : `${name}: at least two from ${said(wells.split)}`,
  );
  const svg = timeCurves(
    {
      title: "How many wells the images fall into",
      label: `wells met by ${result.subjects[0]!.wells.starts} images`,
      description: `${splits.join("; ")}.`,
      log: true,
      series: result.subjects.map(({ name, wells }) => ({
        name,
        points: wells.at.map(({ ouTime, wells: count }) => ({ time: ouTime, value: count })),
      })),
      moments: speciationMoments(result.theory),
      domain: [0.8, 1.3 * result.subjects[0]!.wells.starts],
    },
    { document },
  );
  const shown = subjects.map(({ name, wells }) => {
    const at = wells.at.filter(({ wells: found }) => found.length > 1)[0] ?? wells.at.at(-1)!;
    const most = at.wells.slice(0, 12);
    return {
      name: `${name}, index ${at.time.nearestIndex}: ${at.wells.length} wells`,
      alt: `${most.length} clean pictures, one a well`,
      picture: imageGrid({
        images: Uint8Array.from(most.flatMap((well) => Array.from(cleanPicture(measured, well)))),
        shape: imageShape("symmetrySections", data),
        columns: 6,
      }),
    };
  });
  return {
    title: "Wells",
    text: [
      `Training images as they are, put at each level and left to run down the potential. ${splits.join("; ")}. This sees a fold too, where the centre stays stable.`,
    ],
    content: [
      captioned(
        svg,
        "One well: nothing is decided. As many wells as images: each is remembered, or at least told from the rest.",
      ),
      numbers(
        "Wells",
        [
          "OU time",
          "index",
          ...result.subjects.flatMap(({ name }) => [`${name}: wells`, "unsettled"]),
        ],
        result.subjects[0]!.wells.at.map(({ ouTime, nearestIndex }, i) => [
          ouTime.toFixed(3),
          String(nearestIndex),
          ...result.subjects.flatMap(({ wells }) => [
            String(wells.at[i]!.wells),
            String(wells.at[i]!.unsettled),
          ]),
        ]),
      ),
      pictures(
        shown,
        "What is decided in each well, where there first are two; the fullest first.",
        1.5,
      ),
    ],
  };
}
