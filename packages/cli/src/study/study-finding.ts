import { compareFinding, lostAmong } from "@symbreak/figures";
import type { StudyResult } from "./measure-study.ts";

/** The story in a few sentences, each resting on one section. */
export function studyFinding({
  analysis,
  symmetry,
  cloning,
  excessEntropy,
  memorisation,
  comparison,
}: StudyResult): string {
  const { collapse, count } = excessEntropy;
  const stability = symmetry.subjects.map(({ name, centres }) => {
    return `${name}: ${lostAmong(centres.map(({ critical }) => critical.potential))}`;
  });
  const crossing = "none" in cloning ? null : cloning.crossing;
  const parts = [
    crossing &&
      `Two continuations of one trajectory agree with probability ${("threshold" in cloning && cloning.threshold) || 0.775} at OU time ${crossing.ouTime.toFixed(3)}${analysis.speciation.ouTime === null ? "" : `, ${(crossing.ouTime / analysis.speciation.ouTime).toFixed(2)} of the predicted t_S`}.`,
    `The centre of the potential loses its stability (${stability.join("; ")}).`,
    collapse &&
      `An exact score of ${count} images would copy them from OU time ${collapse.ouTime.toFixed(3)} on; of the network's samples ${(100 * memorisation.memorised.value).toFixed(1)} % are copies.`,
  ];
  return [compareFinding(comparison), ...parts].filter(Boolean).join(" ");
}
