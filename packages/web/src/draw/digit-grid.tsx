import type { Samples } from "@symbreak/core";
import { type Judgement, SIDE, VALUES } from "../physics/digits.ts";
import { colours } from "../state/theme.ts";
import { Plot } from "./plot.tsx";

interface DigitGridProps {
  readonly label: string;
  readonly columns: number;
  /** How many there will be, so that the place is kept. */
  readonly count: number;
  /** The images from −1 to 1, and what the judge says of each. */
  readonly digits: () =>
    | { readonly images: Samples; readonly judgements: readonly Judgement[] }
    | undefined;
}

/** Pixels of the words below a digit. */
const WORDS = 16;

/** Digits in rows, each with what the judge reads in it. */
export function DigitGrid({ label, columns, count, digits }: DigitGridProps) {
  const rows = Math.ceil(count / columns);
  const cell = (width: number) => Math.min(112, width / columns);
  return (
    <Plot
      label={label}
      height={(width) => rows * (cell(width) + WORDS)}
      margins={{ left: 0, right: 0, top: 0, bottom: 0 }}
      draw={({ width }) =>
        (context) => {
          const side = cell(width);
          const found = digits();
          const { faint, b } = colours.value;
          context.imageSmoothingEnabled = false;
          context.font = "11px system-ui, sans-serif";
          context.textAlign = "center";
          for (let n = 0; n < count; n++) {
            const [left, top] = [(n % columns) * side, Math.floor(n / columns) * (side + WORDS)];
            context.fillStyle = "#000";
            context.fillRect(left + 2, top + 2, side - 4, side - 4);
            const image = found?.images.subarray(n * VALUES, (n + 1) * VALUES);
            if (image === undefined || image.length === 0) continue;
            context.drawImage(pictureOf(image), left + 2, top + 2, side - 4, side - 4);
            const verdict = found!.judgements[n];
            if (verdict === undefined) continue;
            const sure = verdict.confidence > 0.95;
            context.fillStyle = sure ? faint : b;
            const text = sure ? `${verdict.label}` : `${verdict.label}? ${percent(verdict)}`;
            context.fillText(text, left + side / 2, top + side + 11);
          }
        }}
    />
  );
}

function percent({ confidence }: Judgement): string {
  return `${Math.round(100 * confidence)} %`;
}

/** One image, −1 black to 1 white, as a picture of its own size. */
function pictureOf(image: Samples): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext("2d")!;
  const pixels = context.createImageData(SIDE, SIDE);
  for (let i = 0; i < VALUES; i++) {
    const value = 127.5 * (image[i]! + 1);
    pixels.data.set([value, value, value, 255], 4 * i);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
