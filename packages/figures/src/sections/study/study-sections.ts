import type { MeasuredStudy } from "@symbreak/analysis";
import { bytesOf, type Data, imageShape } from "@symbreak/core";
import { foldedSections, type Section } from "../../report/report.ts";
import { cloneResultSection } from "../clone/clone-words.ts";
import { compareFinding } from "../compare/compare-finding.ts";
import { compareSections, type StartPictures } from "../compare/compare-sections.ts";
import { classesSection } from "../data/classes-section.ts";
import { spectrumSection } from "../data/spectrum-section.ts";
import { entropySection } from "../memorise/entropy-section.ts";
import { memorisationSection } from "../memorise/memorisation-section.ts";
import { symmetrySections } from "../symmetry/symmetry-sections.ts";
import { lostAmong } from "../symmetry/symmetry-words.ts";
import { recommendationSection } from "./recommendation-section.ts";
import { soundSection } from "./sound-section.ts";
import { timesSection } from "./times-section.ts";

/** A study as one story: is the network sound, when does it decide, what to do, does it copy; theory and details folded. */
export function studySections(
  study: MeasuredStudy,
  data: Data,
  grids: readonly StartPictures[],
  document: unknown,
): Section[] {
  const { result, moments, soundness, symmetry, memorised } = study;
  const { analysis, cloning, comparison } = result;
  const details: Section[] = [
    spectrumSection({ analysis, moments }, document),
    ...(analysis.classes === null
      ? []
      : [classesSection(analysis.classes, analysis.speciation.ouTime, document)]),
    ...(symmetry === null ? [] : symmetrySections(symmetry, document)),
    "none" in cloning ? noClones(cloning.none) : cloneResultSection(cloning, document),
    entropySection(result.excessEntropy, document),
    ...compareSections(comparison, grids, document),
  ];
  return [
    soundSection(soundness),
    timesSection(result, document),
    recommendationSection(result, grids),
    memorisationSection({
      memorisation: memorised.result,
      samples: bytesOf("studySections", memorised.samples),
      training: bytesOf("studySections", data),
      shape: imageShape("studySections", data),
      how: `DDIM, ${memorised.result.protocol.steps} steps over the whole chain`,
    }),
    {
      title: "Theory and details",
      text: studyDetails(study),
      content: [foldedSections("Every measurement, with its theory and all its numbers", details)],
    },
  ];
}

/** The story in two sentences: copies, then what to do. */
export function studyFinding({ result }: Pick<MeasuredStudy, "result">): string {
  const { recommendation, memorisation, soundness } = result;
  if (soundness.warning !== null)
    return "The network is not sound: read the warning first. What follows was measured, and says nothing of a good network.";
  const { memorised, heldOut } = memorisation;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const chance = heldOut === null ? "" : ` (of held-out ones ${percent(heldOut.memorised.value)})`;
  const copies = `Of ${memorisation.samples} samples of the whole chain ${percent(memorised.value)} are copies of training images${chance}.`;
  return recommendation === null ? copies : `${copies} Recommended: ${recommendation.reason}`;
}

/** What else was found, a sentence each, each resting on one section. */
export function studyDetails({ result }: Pick<MeasuredStudy, "result">): string[] {
  const { symmetry, cloning, excessEntropy, comparison } = result;
  const { collapse, count } = excessEntropy;
  const stability = symmetry?.subjects.map(({ name, centres }) => {
    return `${name}: ${lostAmong(centres.map(({ critical }) => critical.potential))}`;
  });
  const crossing = "none" in cloning ? null : cloning.crossing;
  const parts = [
    crossing &&
      `Two continuations of one trajectory agree with probability ${crossing.threshold} at OU time ${crossing.ouTime.toFixed(3)}.`,
    stability && `The centre of the potential loses its stability (${stability.join("; ")}).`,
    collapse &&
      `An exact score of ${count} images would copy them from OU time ${collapse.ouTime.toFixed(3)} on.`,
    compareFinding(comparison),
  ];
  return parts.filter((part) => typeof part === "string");
}

function noClones(why: string): Section {
  return { title: "Do two continuations agree?", text: [`Not measured: ${why}.`], content: [] };
}
