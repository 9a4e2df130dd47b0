import type { CloningCurve } from "@symbreak/analysis";

/** A header and its rows. */
export interface CloneTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** phi for people, from noise to data; with the closed form where there is one. */
export function cloneTable({ phi }: Pick<CloningCurve, "phi">): CloneTable {
  const exact = phi.some((point) => "exact" in point);
  return {
    header: ["OU time", "DDPM index", "phi", "[95 %]", ...(exact ? ["closed form"] : [])],
    rows: phi.map((point) => [
      point.ouTime.toFixed(3),
      indexOf(point),
      point.value.toFixed(3),
      `[${point.low.toFixed(3)}, ${point.high.toFixed(3)}]`,
      ...("exact" in point ? [Number(point.exact).toFixed(3)] : []),
    ]),
  };
}

/** The crossing in a sentence. */
export function crossingSentence({ crossing, threshold }: CloningCurve): string {
  if (crossing === null) return `phi does not cross ${threshold} within these times.`;
  const { ouTime, low, high } = crossing;
  return `phi = ${threshold} at OU time ${ouTime.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}], DDPM index ${indexOf(crossing)}.`;
}

function indexOf({ ddpmIndex }: { readonly ddpmIndex: number | null }): string {
  return ddpmIndex === null ? "–" : String(Math.round(ddpmIndex * 10) / 10);
}
