import type { ChainTime, StabilityLoss } from "@symbreak/analysis";

/** A time for people: "t = 1.509 (index 545)". */
export function said({ ouTime, nearestIndex }: ChainTime): string {
  return `t = ${ouTime.toFixed(3)}${nearestIndex === null ? "" : ` (index ${nearestIndex})`}`;
}

/** When stability is lost, for people. */
export function lost(loss: StabilityLoss): string {
  if (loss.kind === "lost") return said(loss.time);
  return loss.kind === "stable throughout" ? "never" : "always";
}
