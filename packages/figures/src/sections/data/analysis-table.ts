import type { ChainTimeOrNever, DataAnalysis, RecommendedStart } from "@symbreak/analysis";

/** The three formulas of the collapse time, by what they know of the data. */
const COLLAPSE_NAMES = {
  spectrum: "full spectrum",
  variance: "variance Tr C/d",
  unitVariance: "unit variance",
} as const;

/** Times for people: quantity, OU time, DDPM index. */
export function timesTable({
  speciation,
  collapse,
  spectrum,
}: DataAnalysis): [string, string, string][] {
  const row = (name: string, { ouTime, ddpmIndex }: ChainTimeOrNever): [string, string, string] => [
    name,
    ouTime?.toFixed(4) ?? "never",
    ddpmIndex === null ? "–" : String(ddpmIndex),
  ];
  const { lambda } = spectrum;
  return [
    row(
      lambda > 1 ? "speciation t_S = ½ ln Λ" : "speciation t_S = ½ ln Λ (Λ ≤ 1: never)",
      speciation,
    ),
    row("instability of the centre ½ arsinh Λ", speciation.instability),
    row(`collapse t_C, ${COLLAPSE_NAMES.spectrum}`, collapse.spectrum),
    row(`collapse t_C, ${COLLAPSE_NAMES.variance}`, collapse.variance),
    row(`collapse t_C, ${COLLAPSE_NAMES.unitVariance}`, collapse.unitVariance),
  ];
}

/** What the analysis says, in a sentence. */
export function analysisFinding({
  dataset,
  spectrum,
  speciation,
  collapse,
  n,
  scale,
}: DataAnalysis): string {
  const at = ({ ouTime, ddpmIndex }: ChainTimeOrNever) =>
    `OU time ${ouTime?.toFixed(3) ?? "never"}${ddpmIndex === null ? "" : ` (DDPM index ${ddpmIndex})`}`;
  const decides =
    spectrum.lambda > 1
      ? `In the ${scale} scale ${dataset} has Λ = ${spectrum.lambda.toPrecision(6)}: generation decides first at t_S = ${at(speciation)}`
      : `In the ${scale} scale ${dataset} has Λ = ${spectrum.lambda.toPrecision(6)} < 1: it never rises above the noise`;
  return `${decides}. The exact score of these ${n} images leads to single ones from t_C = ${at(collapse.spectrum)} on.`;
}

export const STARTS_HEADER: readonly string[] = ["sampler", "steps", "start", "DDPM index"];

/** Recommended starts for people, under {@link STARTS_HEADER}. */
export function startRows(starts: readonly RecommendedStart[]): string[][] {
  return starts.map(({ sampler, steps, start, ddpmIndex }) => [
    sampler,
    String(steps),
    start,
    String(ddpmIndex),
  ]);
}
