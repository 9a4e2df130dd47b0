import type { CloningCurve } from "@symbreak/analysis";
import { type CloningCurveData, cloningCurve } from "../../cloning-curve.ts";
import { captioned, numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { cloneTable } from "./clone-table.ts";

/** What the section on cloning shows. */
export interface ClonesShown {
  readonly title: string;
  readonly result: CloningCurve;
  readonly speciation: number | undefined;
  readonly others: NonNullable<CloningCurveData["others"]>;
  readonly caption: string;
}

/** The curve and its numbers, explained. */
export function cloneSection(shown: ClonesShown, document: unknown): Section {
  const { title, result, speciation, others, caption } = shown;
  const points = result.phi.map(({ ouTime, value, low, high }) => ({
    ...{ time: ouTime, value, low, high },
  }));
  const { threshold, crossing } = result;
  const data = {
    ...{ title, points, threshold, speciation, others },
    crossing: crossing?.ouTime,
  };
  const { header, rows } = cloneTable(result);
  return {
    title: "Do two continuations agree?",
    text: [
      "A trajectory is followed from noise to a time t, and continued twice from there with independent noise. If its class is decided at t, both end in it: phi(t) = 1. If nothing is decided, they agree by chance. Between lies the speciation time t_S = ½ ln Λ, which the covariance of the data alone predicts.",
    ],
    content: [
      captioned((width) => cloningCurve(data, { document, width }), caption),
      numbers("phi against time", header, rows),
    ],
  };
}
