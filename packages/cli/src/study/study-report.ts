import { bytesOf, imageShape } from "@symbreak/core";
import {
  compareSections,
  entropySection,
  memorisationSection,
  type Report,
  type Section,
  type StartPictures,
  spectrumSection,
  symmetrySections,
} from "@symbreak/figures";
import type { Setting } from "../compare/setting.ts";
import type { MeasuredStudy } from "./measure-study.ts";
import { studyFinding } from "./study-finding.ts";

/** What a study's report is written from. */
export interface StudySubject {
  readonly study: MeasuredStudy;
  readonly setting: Setting;
  readonly grids: readonly StartPictures[];
  readonly protocol: Readonly<Record<string, string>>;
  readonly command: string;
}

/** The whole story on one page: when the model decides, when it memorises, where to start. */
export function studyReport(subject: StudySubject, document: unknown): Report {
  const { study, setting, grids, protocol, command } = subject;
  const { symmetry, clones, result, memorisation, samples, how } = study;
  const training = bytesOf("ssb study", setting.set);
  const shape = imageShape("ssb study", setting.set);
  return {
    title: `${setting.network}: decisions, memories and the start`,
    finding: studyFinding(result),
    warnings: result.comparison.warnings,
    sections: [
      spectrumSection({ analysis: result.analysis, moments: setting.moments }, document),
      ...symmetrySections(symmetry, document),
      ...(clones?.sections(document) ?? [noClones(result.cloning)]),
      entropySection(result.excessEntropy, document),
      memorisationSection({ memorisation, samples, training, shape, how }),
      ...compareSections(result.comparison, grids, document),
    ],
    protocol,
    command,
  };
}

function noClones(cloning: MeasuredStudy["result"]["cloning"]): Section {
  const why = "none" in cloning ? cloning.none : "";
  return { title: "Do two continuations agree?", text: [`Not measured: ${why}.`], content: [] };
}
