import { type LateStartRow, timesTable, verdict } from "@symbreak/figures";
import { textTable } from "../terminal/table.ts";
import type { DemoResult } from "./run-demo.ts";

/** The result for the terminal; the last line says what was found. */
export function demoText({ analysis, lateStart, protocol }: DemoResult): string {
  const { lambda } = analysis.spectrum;
  const { floor, metric, rows } = lateStart;
  return `${analysis.description}; ${analysis.scaleFormula}
Λ = ${lambda.toPrecision(10)}; network ${protocol.network}

${textTable(["", "OU time", "DDPM index"], timesTable(analysis))}
${textTable(
  [
    "sampler",
    "steps",
    "NFE",
    "noise from",
    metric,
    "[95 %]",
    "late from",
    metric,
    "[95 %]",
    "nearer",
  ],
  rows.map((row) => rowText(row)),
  [0, 9],
)}
${protocol.distance}
Images of the test split instead of samples: ${digits(floor.value)} ${interval(floor)}
`;
}

function rowText(row: LateStartRow): string[] {
  const { sampler, steps, nfe, noise, late } = row;
  return [
    sampler,
    ...[steps, nfe, noise.start].map(String),
    digits(noise.value),
    interval(noise),
    String(late.start),
    digits(late.value),
    interval(late),
    verdict(row),
  ];
}

function interval({ low, high }: { low: number | null; high: number | null }): string {
  return low === null || high === null ? "" : `[${digits(low)}, ${digits(high)}]`;
}

function digits(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}
