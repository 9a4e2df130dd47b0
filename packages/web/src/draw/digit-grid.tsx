import type { Samples } from "@symbreak/core";
import { SIDE, VALUES } from "../physics/digits.ts";
import { colours } from "../state/theme.ts";
import { Plot } from "./plot.tsx";

/** One place of a grid: pictures side by side, from −1 to 1, with words below. */
export interface DigitCell {
  readonly images: readonly Samples[];
  readonly words: string;
  /** Whether the words stand out. */
  readonly striking: boolean;
}

interface DigitGridProps {
  readonly label: string;
  readonly columns: number;
  /** How many there will be, so that the place is kept. */
  readonly count: number;
  /** Pictures in a place. Default 1. */
  readonly pictures?: number;
  readonly cells: () => readonly DigitCell[];
}

/** Pixels of the words below a digit, and the widest that a digit is drawn. */
const [WORDS, WIDEST] = [16, 112];

/** Digits in rows, each with words below. */
export function DigitGrid({ label, columns, count, pictures = 1, cells }: DigitGridProps) {
  const rows = Math.ceil(count / columns);
  const side = (width: number) => Math.min(WIDEST, width / columns / pictures);
  return (
    <Plot
      label={label}
      height={(width) => rows * (side(width) + WORDS)}
      margins={{ left: 0, right: 0, top: 0, bottom: 0 }}
      draw={({ width }) =>
        (context) => {
          const [tall, wide] = [side(width), side(width) * pictures];
          const found = cells();
          const { faint, b } = colours.value;
          context.imageSmoothingEnabled = false;
          context.font = "11px system-ui, sans-serif";
          context.textAlign = "center";
          for (let n = 0; n < count; n++) {
            const [left, top] = [(n % columns) * wide, Math.floor(n / columns) * (tall + WORDS)];
            context.fillStyle = "#000";
            context.fillRect(left + 2, top + 2, wide - 4, tall - 4);
            const cell = found[n];
            cell?.images.forEach((image, k) => {
              if (image.length === VALUES)
                context.drawImage(
                  pictureOf(image),
                  left + k * tall + 2,
                  top + 2,
                  tall - 4,
                  tall - 4,
                );
            });
            context.fillStyle = cell?.striking ? b : faint;
            context.fillText(cell?.words ?? "", left + wide / 2, top + tall + 11);
          }
        }}
    />
  );
}

const pictures = new WeakMap<Samples, HTMLCanvasElement>();

/** One image, −1 black to 1 white, as a picture of its own size; made once. */
function pictureOf(image: Samples): HTMLCanvasElement {
  const made = pictures.get(image);
  if (made !== undefined) return made;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext("2d")!;
  const pixels = context.createImageData(SIDE, SIDE);
  for (let i = 0; i < VALUES; i++) {
    const value = 127.5 * (image[i]! + 1);
    pixels.data.set([value, value, value, 255], 4 * i);
  }
  context.putImageData(pixels, 0, 0);
  pictures.set(image, canvas);
  return canvas;
}
