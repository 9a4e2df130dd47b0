import { theme } from "./theme.ts";
import { escapeMarkup, typesetSvg } from "./typeset.ts";

/** What every figure takes beside its data. */
export interface FigureOptions {
  /** Where Plot makes its elements: the page's `document`, or `new JSDOM("").window.document` in Node. */
  readonly document: unknown;
  /** Pixels; the SVG scales down with its container. Default 720. */
  readonly width?: number;
}

/** One plot inside a figure, as markup with its size in pixels. */
export interface Panel {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

/** Width of a letter of a title and distance of its lines, in its size. */
const [LETTER, LINE] = [0.58, 1.25];

/** Stacks panels (rows of panels side by side) under one title, as a self-contained SVG with a text alternative. */
export function figure(
  { title, description }: { readonly title: string; readonly description: string },
  rows: readonly (readonly Panel[])[],
): string {
  const total = Math.max(...rows.map((row) => row.reduce((sum, { width }) => sum + width, 0)));
  const lines = wrapped(title, Math.floor(total / (LETTER * theme.size.title)));
  const first = theme.size.title;
  let top = first + (lines.length - 1) * LINE * first + 14;
  let width = 0;
  const parts: string[] = [];
  for (const row of rows) {
    let left = 0;
    for (const { markup, width: w } of row) {
      parts.push(`<g transform="translate(${left},${top})">${markup}</g>`);
      left += w;
    }
    width = Math.max(width, left);
    top += Math.max(...row.map(({ height }) => height));
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="figure" role="img" aria-label="${escapeMarkup(`${title}. ${description}`)}" ` +
    `width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" fill="currentColor" ` +
    `font-family="${escapeMarkup(theme.font)}" font-size="${theme.size.text}">` +
    `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup(description)}</desc>` +
    lines
      .map(
        (line, k) =>
          `<text x="0" y="${first + k * LINE * first}" font-size="${first}" font-weight="600">${typesetSvg(line)}</text>`,
      )
      .join("") +
    `<g class="plot" xml:space="preserve" text-anchor="middle">${parts.join("")}</g></svg>`
  );
}

/** A text in lines of at most so many letters, broken between words. */
function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length > letters) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}
