import * as Plot from "@observablehq/plot";
import type { Panel } from "./figure.ts";
import { theme } from "./theme.ts";
import { typesetSvg } from "./typeset.ts";

/** Draws one Plot as a panel. Its numbers are rounded to 1/100 pixel, so the same data give the same text everywhere. */
export function panel(
  document: unknown,
  options: Plot.PlotOptions & { width: number; height: number },
): Panel {
  const svg = Plot.plot({
    ...options,
    document: document as never,
    className: "plot",
    style: {
      fontFamily: theme.font,
      fontSize: `${theme.size.text}px`,
      background: "none",
      overflow: "visible",
    } as never,
  }) as unknown as { innerHTML: string };
  const markup = roundNumbers(svg.innerHTML.replace(/<style>[\s\S]*?<\/style>/g, ""));
  return { markup: setText(markup), width: options.width, height: options.height };
}

function roundNumbers(markup: string): string {
  return markup.replace(/="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}(?:e[-+]?\d+)?/g, (digits) =>
      String(Number(Number(digits).toFixed(2)) + 0),
    ),
  );
}

/** Sets subscripts in the text that Plot wrote. */
function setText(markup: string): string {
  return markup.replace(
    /(<(?:text|tspan)\b[^>]*>)([^<]+)(?=<)/g,
    (_, tag, text) => tag + typesetSvg(plain(text)),
  );
}

function plain(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll("&nbsp;", "\u00a0");
}
