import type { ChainTime, StabilityLoss, SymmetryTheory } from "@symbreak/analysis";

/** A time for people: "t = 1.509 (index 544)". */
export function said({ ouTime, nearestIndex }: ChainTime): string {
  return `t = ${ouTime.toFixed(3)}${nearestIndex === null ? "" : ` (index ${nearestIndex})`}`;
}

/** When stability is lost, over the draws: a range of times, or what happened instead. */
export function lostAmong(losses: readonly StabilityLoss[]): string {
  return [...new Set(losses.map(({ kind }) => kind))]
    .map((kind) => {
      const times = losses.flatMap((loss) =>
        loss.kind === kind && "time" in loss ? [loss.time] : [],
      );
      const ordered = times.sort((a, b) => b.ouTime - a.ouTime);
      const [first, last] = [ordered[0], ordered.at(-1)];
      if (first === undefined || last === undefined) return WORDS[kind];
      const range =
        ordered.length === 1
          ? said(first)
          : `t = ${first.ouTime.toFixed(3)} … ${last.ouTime.toFixed(3)} (index ${first.nearestIndex} … ${last.nearestIndex})`;
      return `${WORDS[kind]}${range}`;
    })
    .join("; ");
}

const WORDS: Readonly<Record<StabilityLoss["kind"], string>> = {
  lost: "",
  "stable throughout": "never",
  "unstable from the start": "always",
  "branch ends": "branch ends at ",
};

/** t_S as a moment of a figure, where there is one. */
export function speciationMoments({
  speciation: { ouTime },
}: SymmetryTheory): { readonly name: string; readonly time: number }[] {
  return ouTime === null ? [] : [{ name: "t_S", time: ouTime }];
}
