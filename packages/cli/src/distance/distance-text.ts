import { discriminationText } from "@symbreak/analysis";
import { textTable } from "../terminal/table.ts";
import type { AnchoredDistance } from "./anchored-distance.ts";
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
    ...(result.anchored ? [anchoredText(result.anchored)] : []),
    `protocol ${result.protocolHash}: ${result.protocol}`,
    ...result.warnings.map((warning) => `warning: ${warning}`),
    "",
  ].join("\n");
}

/** The reference rows: real images, the Gaussian, and where the samples stand between. */
function anchoredText(anchored: AnchoredDistance): string {
  const { measure, count, floor, gaussian, generated } = anchored;
  const number = (value: number) => String(Number(value.toPrecision(3)));
  const rows = [
    ["real images", `${number(floor.mean)} ± ${number(floor.standardDeviation)}`, "0"],
    ["generated", number(generated.value), placeText(generated)],
    ["Gaussian of the real", number(gaussian), "1"],
  ];
  const table = textTable([`${measure}, ${count} a side`, "value", "place"], rows);
  // What it cannot tell stands among the warnings.
  return anchored.sees ? `${table}${discriminationText(anchored)}\n` : table;
}

function placeText({ place, standardDeviation }: AnchoredDistance["generated"]): string {
  if (place === null || standardDeviation === null) return "cannot tell";
  return `${place.toFixed(2)} ± ${standardDeviation.toFixed(2)}`;
}
