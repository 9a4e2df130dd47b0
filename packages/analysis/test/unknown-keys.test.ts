import { expect, test } from "vitest";
import * as analysis from "../src/index.ts";

const none = {} as never;
const odd = { typo: 1 } as never;

test.each([
  ["lossCurve", () => analysis.lossCurve(odd)],
  ["empiricalEvidence", () => analysis.empiricalEvidence(odd)],
  ["posteriorEvidence", () => analysis.posteriorEvidence(odd)],
  ["classCurve", () => analysis.classCurve(none, odd)],
  ["classWindow", () => analysis.classWindow(none, none, odd)],
  ["classDecisions", () => analysis.classDecisions(odd)],
  ["agreementCurve", () => analysis.agreementCurve(odd)],
  ["pairedAgreement", () => analysis.pairedAgreement(none, none, 1, odd)],
  ["flipd", () => analysis.flipd(none, none, none, odd)],
  ["spectralGap", () => analysis.spectralGap(none, none, none, odd)],
  ["scoreQuality", () => analysis.scoreQuality(odd)],
  ["localScoreDenoiser", () => analysis.localScoreDenoiser(none, [1, 1, 1], odd)],
  ["calibrateKernels", () => analysis.calibrateKernels(odd)],
  ["patchChanges", () => analysis.patchChanges(none, none, [1, 1, 1], odd)],
  ["authenticity", () => analysis.authenticity(none, none, odd)],
  ["copyTest", () => analysis.copyTest(none, none, none, odd)],
  ["effectiveMemorisation", () => analysis.effectiveMemorisation([], odd)],
  ["trainingTimes", () => analysis.trainingTimes([], odd)],
  ["waveTraining", () => analysis.waveTraining(odd)],
])("%s refuses a setting that it does not know", async (name, run) => {
  await expect((async () => run())()).rejects.toThrow(new RegExp(`^${name}: options .*"typo"`));
});
