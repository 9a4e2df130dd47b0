import type { MeasuredSymmetry } from "@symbreak/analysis";
import type { Section } from "../../report/report.ts";
import { centreSection } from "./centre-section.ts";
import { circleSection } from "./circle-section.ts";
import { lossSection } from "./loss-section.ts";
import { wellsSection } from "./wells-section.ts";

/** The sections of a report on a symmetry breaking: where the score is affine, the centre, the wells, the potential. */
export function symmetrySections(measured: MeasuredSymmetry, document: unknown): Section[] {
  const { result } = measured;
  return [
    lossSection(result, document),
    centreSection(measured, document),
    wellsSection(measured, document),
    circleSection(result, document),
  ];
}
