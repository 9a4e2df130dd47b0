import { textTable } from "../terminal/table.ts";
import type { DistanceResult, Share } from "./distance-result.ts";

/** The distances for people. */
export function distanceText(result: DistanceResult): string {
  const { real, generated, frechet, kernel, coverage, vendi } = result;
  const number = (value: number) => String(Number(value.toPrecision(4)));
  const between = (low: number | null, high: number | null) =>
    low === null || high === null ? "" : `[${number(low)}, ${number(high)}]`;
  const share = (name: string, { value, low, high }: Share) => [
    name,
    number(value),
    between(low, high),
    "",
  ];
  const rows = [
    [
      frechet.name,
      number(frechet.value),
      between(frechet.low, frechet.high),
      frechet.bias === null ? "" : number(frechet.bias),
    ],
    ...(kernel
      ? [
          [
            "KID",
            number(kernel.value),
            kernel.standardDeviation === null ? "" : `sd ${number(kernel.standardDeviation)}`,
            "0",
          ],
        ]
      : []),
    ...(coverage
      ? [
          share(`precision (k = ${coverage.k})`, coverage.precision),
          share("recall", coverage.recall),
          ["density", number(coverage.density), "", ""],
          share("coverage", coverage.coverage),
        ]
      : []),
    ...(vendi
      ? [["Vendi (real, generated)", `${number(vendi.real)}, ${number(vendi.generated)}`, "", ""]]
      : []),
  ];
  const n = (count: number | null) => (count === null ? "n unknown" : `n = ${count}`);
  return [
    `real:      ${real.description}, ${n(real.count)}`,
    `generated: ${generated.description}, ${n(generated.count)}`,
    "",
    textTable(["", "value", "95 %", "bias"], rows),
    `protocol ${result.protocolHash}: ${result.protocol}`,
    ...result.warnings.map((warning) => `warning: ${warning}`),
    "",
  ].join("\n");
}
