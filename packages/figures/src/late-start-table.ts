import type { Measured } from "./late-start-curve.ts";
import { escapeMarkup } from "./typeset.ts";

/** One row of the late-start table: two starts of one sampler at the same number of network calls. */
export interface LateStartRow {
  readonly sampler: string;
  readonly steps: number;
  /** Network calls per sample. */
  readonly nfe: number;
  readonly noise: Measured & { readonly start: number };
  readonly late: Measured & { readonly start: number };
}

/** What a row says: which start is nearer to the data, judged by whether the 95 % intervals overlap. */
export function verdict({
  noise,
  late,
}: Pick<LateStartRow, "noise" | "late">): "late start" | "noise start" | "neither" {
  if (late.high < noise.low) return "late start";
  return noise.high < late.low ? "noise start" : "neither";
}

/** The paper's table as accessible HTML: noise start against Gaussian late start, with intervals and the verdict. */
export function lateStartTable(
  rows: readonly LateStartRow[],
  { metric, caption }: { readonly metric: string; readonly caption: string },
): string {
  const body = rows.map((row) => {
    const better = verdict(row);
    const number = (label: string, text: string) =>
      `<td class="number" data-label="${escapeMarkup(label)}">${text}</td>`;
    const cell = (m: Measured, bold: boolean) =>
      number(
        metric,
        `${bold ? `<b>${digits(m.value)}</b>` : digits(m.value)} <small>[${digits(m.low)}, ${digits(m.high)}]</small>`,
      );
    return (
      `<tr><th scope="row">${escapeMarkup(row.sampler)}</th>${number("steps", `${row.steps}`)}${number("NFE", `${row.nfe}`)}` +
      `${number("noise from", `${row.noise.start}`)}${cell(row.noise, better === "noise start")}${number("late from", `${row.late.start}`)}${cell(row.late, better === "late start")}` +
      `${number("ratio", (row.noise.value / row.late.value).toFixed(2))}<td>${better}</td></tr>`
    );
  });
  return (
    `<table><caption>${escapeMarkup(caption)}</caption><thead><tr><th scope="col">sampler</th><th scope="col" class="number">steps</th><th scope="col" class="number">NFE</th>` +
    `<th scope="col" class="number">noise from</th><th scope="col" class="number">${escapeMarkup(metric)}<br>[95&nbsp;%]</th><th scope="col" class="number">late from</th><th scope="col" class="number">${escapeMarkup(metric)}<br>[95&nbsp;%]</th>` +
    `<th scope="col" class="number">ratio</th><th scope="col">nearer</th></tr></thead><tbody>${body.join("")}</tbody></table>`
  );
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
