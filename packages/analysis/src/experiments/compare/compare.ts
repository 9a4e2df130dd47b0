import {
  chainOf,
  type Data,
  eachPart,
  type SpectralCovariance,
  type Team,
  together,
} from "@symbreak/core";
import type { Network } from "@symbreak/samplers";
import { speciationTime } from "../../speciation/speciation-time.ts";
import { checkSubject } from "../check-subject.ts";
import { dataMoments } from "../data-moments.ts";
import { beginWork, type ExperimentOptions, plainly } from "../experiment.ts";
import { networkInformation } from "../network-information.ts";
import {
  configured,
  configuredName,
  extractorProtocol,
  type SubjectProtocol,
  storeOf,
  subjectProtocol,
} from "../protocol.ts";
import { type AutoStart, chooseStarts, TESTED, testScore } from "./choose-starts.ts";
import { type CompareProtocol, type CompareResult, compareResult } from "./compare-result.ts";
import { gridsBelow } from "./compare-row.ts";
import { type CheckedEffort, type CompareEffort, checkedEffort } from "./effort.ts";
import { cellMeasurer, type MeasureCells } from "./measure-cells.ts";
import { alsoPiece, measuredTogether, rowPiece, wholePiece } from "./pieces.ts";
import { fullChainCells, runsOf } from "./plan.ts";
import { openReferences, type References } from "./references.ts";
import { type CompareSetting, settingOf, solverTitle, usualTimestep } from "./setting.ts";
import { type Tried, tryStarts } from "./try-starts.ts";
import { compareWarnings, soundnessWarning } from "./warnings.ts";

/**
 * Noise or late: which start serves a network best, at equal network calls, against the strongest plain baseline, noise whose
 * top and whose grid were both tuned.
 *
 * For each solver and number of steps starts are scanned, then grids about the best of them; the best are measured again on
 * samples that the scan has not seen, beside noise on the network's own grid, Gaussian teleportation, and the start that
 * is chosen without a scan. Distances are to real samples, with the two rows that say what they mean: other real
 * samples, and draws of the Gaussian that the late start draws from. Estimates of clean data are not clipped.
 *
 * @throws RangeError for data of other units or another shape than the network's, and for unknown keys
 * @example
 * const result = await compare(network, data, { extractor, solvers: [ddim()], steps: [3], heldOut });
 */
export async function compare(
  network: Network,
  data: Data,
  effort: CompareEffort,
  options: ExperimentOptions = {},
): Promise<CompareResult> {
  const given = checkedEffort(effort);
  checkSubject("compare", network, data);
  const { extractor, heldOut, samples, paper, full, seed } = given;
  const work = beginWork(options);
  const { team } = options;
  const subject = await subjectProtocol(network, data);
  const store = storeOf(subject, options);

  work.part("moments and real samples");
  const moments = given.moments ?? (await dataMoments(data));
  const about = { real: given.real, moments, multiply: given.multiply, seed, store, team };
  const references = await openReferences(data, heldOut, extractor, about);
  const sees = await references.discrimination(samples);

  work.part("the loss of the network");
  const information = await networkInformation(network, data, { seed, store, subject, work, team });
  const setting = settingOf(network, data, moments, given.solvers, information);
  const solvers = given.solvers.map(configuredName);
  const rows = runsOf(solvers, given.steps);
  const also = runsOf(
    solvers,
    given.alsoSteps.filter((n) => !given.steps.includes(n)),
  );
  const whole = full > 0 ? fullChainCells(network, (n) => usualTimestep(setting, n)) : [];

  work.part("choosing starts");
  const tests = await testScore(setting, [...rows, ...also], options);
  work.did(tests.length * TESTED);
  const unsound = soundnessWarning(tests);
  if (unsound !== undefined) work.found(unsound);
  const predicted = await chooseStarts(setting, [...rows, ...also], tests, work);

  const judging = { extractor, reference: references.reference, subject, store, work };
  const measure = cellMeasurer(setting, { ...judging, signal: options.signal });
  const decide = await decider(setting, given, references, measure);
  const measuring = { setting, given, measure, decide, floor: sees?.floor.mean, work };
  const pieces = [
    ...predicted.slice(0, rows.length).map((auto) => rowPiece(auto, measuring)),
    ...predicted.slice(rows.length).map((auto) => alsoPiece(auto, measuring)),
    ...whole.map((cell) => wholePiece(cell, measuring)),
  ];
  const measured = await eachPart(team, pieces, ({ make }, team) => make(team), {
    cost: ({ calls }, sharers) => calls / sharers,
    expect: work.expect,
  });
  const found = measuredTogether(measured);
  work.part("the reference rows");
  const lambda = (moments.covariance as SpectralCovariance).eigenvalues[0] ?? 0;
  const { process } = network;
  return plainly(
    compareResult({
      protocol: protocolOf(subject, setting, given, references),
      warnings: [...(unsound === undefined ? [] : [unsound]), ...compareWarnings(sees, found.scan)],
      speciation: speciationTime(lambda, {
        scale: data.units.name,
        schedule: chainOf(process),
      }),
      discrimination: sees,
      ...found,
      unseen: await references.realRow(Math.max(samples, paper)),
      gaussian: await references.gaussianRow(samples),
    }),
  );
}

/** How `auto` decides: by trials where they are asked for and the distance can judge starts, else as predicted. */
async function decider(
  setting: CompareSetting,
  { extractor, samples, scan, paper, trial, seed }: CheckedEffort,
  references: References,
  measure: MeasureCells,
): Promise<(auto: AutoStart, team: Team | undefined) => Promise<AutoStart>> {
  if (trial === 0) return async (auto) => auto;
  const sees = (await references.discrimination(trial))?.sees ?? true;
  if (!sees) {
    const why = `Predicted, not tried: by ${trial} samples FD-${extractor.name} cannot judge starts.`;
    return async (auto) => ({ ...auto, reason: `${why} ${auto.reason}` });
  }
  // Neither the scan nor the table has seen these samples.
  const draw = { count: trial, first: scan + Math.max(samples, paper), seed };
  return (auto, team) => {
    const tried: Tried = (cells, draw) => measure(cells, draw, together(team));
    return tryStarts(auto, tried, gridsBelow(setting), draw);
  };
}

function protocolOf(
  subject: SubjectProtocol,
  setting: CompareSetting,
  { extractor, heldOut, samples, scan, trial, paper, full, seed }: CheckedEffort,
  { reference }: References,
): CompareProtocol {
  const solvers = [...setting.solvers].map(([word, solver]) => {
    return [word, { ...configured(solver), title: solverTitle(setting, word) }] as const;
  });
  return {
    ...subject,
    solvers: Object.fromEntries(solvers),
    ownGrid: configured(setting.own),
    grids: Object.fromEntries([...setting.grids].map(([word, grid]) => [word, configured(grid)])),
    features: extractorProtocol(extractor),
    reference: reference.features.count,
    heldOut: heldOut === undefined ? null : { name: heldOut.name ?? "data", count: heldOut.count },
    ...{ samples, scan, trial, paper, full, seed },
  };
}
