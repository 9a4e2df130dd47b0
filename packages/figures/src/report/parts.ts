import { escapeMarkup, typesetHtml } from "../typeset.ts";

/** Widths that a figure is drawn at where it can be: for a page, and for a phone, on which a page's would be cut. */
const WIDTHS = { wide: 720, narrow: 346 } as const;

/** A figure with its caption; one that is drawn for a width is drawn for phones too, and the page shows what fits. */
export function captioned(drawn: string | ((width: number) => string), caption: string): string {
  const svg =
    typeof drawn === "string"
      ? drawn
      : `<div class="wide">${drawn(WIDTHS.wide)}</div><div class="narrow">${drawn(WIDTHS.narrow)}</div>`;
  return `<figure>${svg}<figcaption>${typesetHtml(caption)}</figcaption></figure>`;
}

/**
 * Numbers beneath a figure: the first column names the row, the others are numbers unless named in `words`. Cells wrap; on a
 * phone each row is a block whose cells bear the names of their columns. Long tables come folded.
 *
 * @param words columns that hold words, by number from 0
 */
export function numbers(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly number[] = [],
): string {
  const right = (i: number) => (i === 0 || words.includes(i) ? "" : ' class="number"');
  const head = header
    .map((cell, i) => `<th scope="col" role="columnheader"${right(i)}>${typesetHtml(cell)}</th>`)
    .join("");
  const body = rows.map(([first = "", ...rest]) => {
    const cells = rest.map((cell, i) => {
      const label = escapeMarkup(header[i + 1] ?? "");
      return `<td role="cell" data-label="${label}"${right(i + 1)}>${typesetHtml(cell)}</td>`;
    });
    return `<tr role="row"><th scope="row" role="rowheader">${typesetHtml(first)}</th>${cells.join("")}</tr>`;
  });
  const table = `<table role="table"><caption>${typesetHtml(caption)}</caption><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body.join("\n")}</tbody></table>`;
  return rows.length > 14
    ? `<details><summary>${rows.length} numbers</summary>${table}</details>`
    : table;
}

/** Lines that only some readers want, folded away. */
export function folded(summary: string, lines: readonly string[]): string {
  const items = lines.map((line) => `<li>${typesetHtml(line)}</li>`);
  return `<details><summary>${typesetHtml(summary)}</summary><ul class="note">${items.join("")}</ul></details>`;
}

/** Pictures side by side, each with its name; shown at `zoom` times their size. */
export function pictures(
  list: readonly {
    readonly name: string;
    readonly alt: string;
    readonly picture: { readonly uri: string; readonly width: number; readonly height: number };
  }[],
  caption: string,
  zoom = 1,
): string {
  const items = list.map(
    ({ name, alt, picture }) =>
      `<div>${typesetHtml(name)}<img src="${picture.uri}" width="${zoom * picture.width}" height="${zoom * picture.height}" alt="${escapeMarkup(alt)}"></div>`,
  );
  return `<figure><div class="grids">${items.join("")}</div><figcaption>${typesetHtml(caption)}</figcaption></figure>`;
}
