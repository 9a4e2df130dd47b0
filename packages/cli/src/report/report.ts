import { escapeMarkup, typesetHtml } from "@symbreak/figures";
import { STYLE } from "./style.ts";

/** A page that explains one run. Texts are plain, with subscripts as `t_S`; markup is trusted. */
export interface Report {
  readonly title: string;
  /** What was found, in a sentence or two. */
  readonly finding: string;
  readonly sections: readonly Section[];
  /** How the numbers were made: data, scale, schedule, seed, engine. */
  readonly protocol: Readonly<Record<string, string>>;
  /** The command line that made the page. */
  readonly command: string;
}

/** One heading with its text, pictures and numbers. */
export interface Section {
  readonly title: string;
  readonly text: readonly string[];
  /** Figures (SVG), picture groups and tables as markup, in order. */
  readonly content: readonly string[];
}

/** The report as one self-contained HTML page: no script, nothing fetched. */
export function report({ title, finding, sections, protocol, command }: Report): string {
  const links = sections.map(
    (section, i) => `<li><a href="#s${i + 1}">${typesetHtml(section.title)}</a></li>`,
  );
  const parts = sections.map(
    ({ title, text, content }, i) =>
      `<section aria-labelledby="s${i + 1}"><h2 id="s${i + 1}">${typesetHtml(title)}</h2>\n${text.map((p) => `<p>${typesetHtml(p)}</p>`).join("\n")}\n${content.join("\n")}</section>`,
  );
  const terms = Object.entries(protocol).map(
    ([term, value]) => `<dt>${typesetHtml(term)}</dt><dd>${typesetHtml(value)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>${typesetHtml(title)}</h1>
<p class="finding">${typesetHtml(finding)}</p>
${links.length > 1 ? `<nav aria-label="Contents"><ul>${links.join("")}</ul></nav>` : ""}
${parts.join("\n")}
<section aria-labelledby="protocol"><h2 id="protocol">Protocol</h2>
<dl>${terms.join("\n")}</dl>
<p>Made by</p>
<pre><code>${escapeMarkup(command)}</code></pre>
</section>
</main>
</body>
</html>
`;
}

/** A figure with its caption. */
export function captioned(svg: string, caption: string): string {
  return `<figure>${svg}<figcaption>${typesetHtml(caption)}</figcaption></figure>`;
}

/** A table that may be wider than the page. */
export function scrolling(table: string): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table">${table}</div>`;
}

/** Numbers beneath a figure: the first column names the row, the others are numbers. Long tables come folded. */
export function numbers(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const right = (i: number) => (i === 0 ? "" : ' class="number"');
  const head = header
    .map((cell, i) => `<th scope="col"${right(i)}>${typesetHtml(cell)}</th>`)
    .join("");
  const body = rows.map(([first = "", ...rest]) => {
    const cells = rest.map((cell) => `<td class="number">${typesetHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${typesetHtml(first)}</th>${cells}</tr>`;
  });
  const table = scrolling(
    `<table><caption>${typesetHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`,
  );
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
