const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Plain text made safe for HTML and SVG, attributes included. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}

/** Text with subscripts, `t_S` or `x_{0}`, as escaped SVG tspans: the symbol in italics, its index small and lowered. */
export function typesetSvg(text: string): string {
  return escapeMarkup(text).replace(
    SUBSCRIPT,
    (_, symbol, index) =>
      `<tspan font-style="italic">${symbol}</tspan><tspan dy="0.28em" font-size="0.75em">${bare(index)}</tspan><tspan dy="-0.21em">\u200b</tspan>`,
  );
}

/** The same for HTML: `<i>t</i><sub>S</sub>`. */
export function typesetHtml(text: string): string {
  return escapeMarkup(text).replace(
    SUBSCRIPT,
    (_, symbol, index) => `<i>${symbol}</i><sub>${bare(index)}</sub>`,
  );
}

const SUBSCRIPT = /(?<![\p{L}\p{N}])(\p{L}\p{M}*)_(\{[^}]*\}|[\p{L}\p{N}](?![\p{L}\p{N}]))/gu;

function bare(index: string): string {
  return index.replace(/[{}]/g, "");
}
