import { pictureOf } from "../../draw/picture.ts";
import { Plot } from "../../draw/plot.tsx";
import { type ImagesAnalysis, SHOWN } from "../../physics/images.ts";
import { at } from "../../state/cursor.ts";
import { colours } from "../../state/theme.ts";

const WORDS = 18;

/** The mean, then the principal directions in the order in which they are decided; undecided ones are faint. */
export function ModeGallery({ analysis }: { readonly analysis: ImagesAnalysis }) {
  const { shape, mean, directions, modes } = analysis;
  const size = mean.length;
  const shown = Math.min(SHOWN, directions.length / size);
  const pictures = [
    pictureOf(mean, shape, false),
    ...Array.from({ length: shown }, (_, k) =>
      pictureOf(directions.subarray(k * size, (k + 1) * size), shape, true),
    ),
  ];
  // Full rows only: the mean and eleven directions are twelve, six, four or three to a row.
  const columns = (width: number) => [12, 6, 4, 3].find((n) => width / n >= 68) ?? 3;
  const cell = (width: number) => width / columns(width);
  return (
    <Plot
      label="The mean image and the directions in which images differ most, in the order in which they are decided"
      height={(width) => Math.ceil((shown + 1) / columns(width)) * (cell(width) + WORDS)}
      margins={{ left: 0, right: 0, top: 0, bottom: 0 }}
      draw={({ width }) =>
        (context) => {
          const side = cell(width);
          context.imageSmoothingEnabled = false;
          context.font = "11px system-ui, sans-serif";
          context.textAlign = "center";
          pictures.forEach((picture, n) => {
            const [left, top] = [
              (n % columns(width)) * side,
              Math.floor(n / columns(width)) * (side + WORDS),
            ];
            const timestep = n === 0 ? null : modes[n - 1]!.timestep;
            const decided = n === 0 || (timestep !== null && at.value <= timestep);
            context.globalAlpha = decided ? 1 : 0.25;
            context.drawImage(picture, left + 2, top + 2, side - 4, side - 4);
            context.globalAlpha = 1;
            context.fillStyle = colours.value.faint;
            const words =
              n === 0 ? "mean" : timestep === null ? "never" : `step ${Math.round(timestep)}`;
            context.fillText(words, left + side / 2, top + side + 11);
          });
        }}
    />
  );
}
