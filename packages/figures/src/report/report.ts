import { escapeMarkup, typesetHtml } from "../typeset.ts";
import { REPORT_STYLE } from "./style.ts";

/** A page that explains one run. Texts are plain, with subscripts as `t_S`; markup is trusted. */
export interface Report {
  readonly title: string;
  /** What was found, in a sentence or two. */
  readonly finding: string;
  /** What a reader must know before the numbers. */
  readonly warnings?: readonly string[];
  readonly sections: readonly Section[];
  /** How the numbers were made: data, scale, schedule, seed, engine. */
  readonly protocol: Readonly<Record<string, string>>;
  /** The command line that made the page, where one did. */
  readonly command?: string | undefined;
}

/** One heading with its text, pictures and numbers. */
export interface Section {
  readonly title: string;
  readonly text: readonly string[];
  /** Figures (SVG), picture groups and tables as markup, in order. */
  readonly content: readonly string[];
}

/** The report as one self-contained HTML page: no script, nothing fetched, all style in one sheet. */
export function report(page: Report): string {
  const { title, finding, warnings = [], sections, protocol, command } = page;
  const links = sections.map(
    (section, i) => `<li><a href="#s${i + 1}">${typesetHtml(section.title)}</a></li>`,
  );
  const parts = sections.map((section, i) => sectionHtml(section, `s${i + 1}`));
  const terms = Object.entries(protocol).map(
    ([term, value]) => `<dt>${typesetHtml(term)}</dt><dd>${typesetHtml(value)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${REPORT_STYLE}
</style>
</head>
<body>
<main>
<h1>${typesetHtml(title)}</h1>
${warnings.map((warning) => `<p class="warning" role="note">${typesetHtml(warning)}</p>`).join("\n")}
<p class="finding">${typesetHtml(finding)}</p>
${links.length > 1 ? `<nav aria-label="Contents"><ul>${links.join("")}</ul></nav>` : ""}
${parts.join("\n")}
<section aria-labelledby="protocol"><h2 id="protocol">Protocol</h2>
<dl>${terms.join("\n")}</dl>
${command === undefined ? "" : `<p>Made by</p>\n<pre><code>${escapeMarkup(command)}</code></pre>`}
</section>
</main>
</body>
</html>
`;
}

/** One section as markup, for a page of one's own under {@link REPORT_STYLE}; `id` is that of its heading. */
export function sectionHtml({ title, text, content }: Section, id: string): string {
  const paragraphs = text.map((p) => `<p>${typesetHtml(p)}</p>`).join("\n");
  return `<section aria-labelledby="${id}"><h2 id="${id}">${typesetHtml(title)}</h2>\n${paragraphs}\n${content.join("\n")}</section>`;
}

/** Sections that only some readers want, under one line that opens them. */
export function foldedSections(summary: string, sections: readonly Section[]): string {
  const inside = sections.map((section, i) => sectionHtml(section, `d${i + 1}`));
  return `<details><summary>${typesetHtml(summary)}</summary>${inside.join("\n")}</details>`;
}
