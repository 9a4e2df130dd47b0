import { chainOf, type Data, type SpectralCovariance } from "@symbreak/core";
import type { Network } from "@symbreak/samplers";
import type { Cell, MeasuredCell } from "../../late-start/cell.ts";
import type { LateStartGain } from "../../late-start/late-start-gain.ts";
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
import { compareRow, distinctCells, gridsBelow, secondPass } from "./compare-row.ts";
import { type CheckedEffort, type CompareEffort, checkedEffort } from "./effort.ts";
import { cellMeasurer, type MeasureCells } from "./measure-cells.ts";
import { fullChainCells, runsOf, type SolverRun, scanCells } from "./plan.ts";
import { openReferences, type References } from "./references.ts";
import { type CompareSetting, settingOf, solverTitle, usualTimestep } from "./setting.ts";
import { tryStarts } from "./try-starts.ts";
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
  const { extractor, heldOut, samples, scan, paper, full, seed } = given;
  const work = beginWork(options);
  const subject = await subjectProtocol(network, data);
  const store = storeOf(subject, options.store);

  work.part("moments and real samples");
  const moments = given.moments ?? (await dataMoments(data));
  const about = { real: given.real, moments, multiply: given.multiply, seed };
  const references = await openReferences(data, heldOut, extractor, about);
  const sees = await references.discrimination(samples);

  work.part("the loss of the network");
  const information = await networkInformation(network, data, { seed, store, subject, work });
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
  work.expect(callsOf(setting, given, rows, also, whole, predicted));

  const judging = { extractor, reference: references.reference, subject, store, work };
  const measure = cellMeasurer(setting, { ...judging, signal: options.signal });
  const decide = await decider(setting, given, references, measure);
  const found: { scan: MeasuredCell[]; table: MeasuredCell[]; paper: MeasuredCell[] } = {
    ...{ scan: [], table: [], paper: [] },
  };
  const gains: LateStartGain[] = [];
  const autos: AutoStart[] = [];
  for (const [i, run] of [...rows, ...also].entries()) {
    work.part(`${solverTitle(setting, run.solver)}, ${run.steps} steps`);
    const auto = await decide(predicted[i]!);
    autos.push(auto);
    if (i >= rows.length) {
      const plain: Cell = { ...run, start: "noise", timestep: usualTimestep(setting, run.steps) };
      const draw = { count: samples, first: scan, seed, thorough: true };
      found.table.push(...(await measure(distinctCells([plain, auto]), draw)));
      continue;
    }
    const row = await compareRow(setting, run, auto, measure, given, sees?.floor.mean);
    found.scan.push(...row.scan);
    found.table.push(...row.table);
    found.paper.push(...row.paper);
    gains.push(row.gain);
    work.found(gainSentence(setting, row.gain));
  }
  work.part("the whole chain and the reference rows");
  const fullChain = await measure(whole, { count: full, first: 0, seed, thorough: true });
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
      ...{ gains, autos, fullChain },
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
): Promise<(auto: AutoStart) => Promise<AutoStart>> {
  if (trial === 0) return async (auto) => auto;
  const sees = (await references.discrimination(trial))?.sees ?? true;
  if (!sees) {
    const why = `Predicted, not tried: by ${trial} samples FD-${extractor.name} cannot judge starts.`;
    return async (auto) => ({ ...auto, reason: `${why} ${auto.reason}` });
  }
  // Neither the scan nor the table has seen these samples.
  const draw = { count: trial, first: scan + Math.max(samples, paper), seed };
  return (auto) => tryStarts(auto, measure, gridsBelow(setting), draw);
}

/** Network calls that are foreseen once the starts are chosen. */
function callsOf(
  setting: CompareSetting,
  { scan, samples, paper, trial, full }: CheckedEffort,
  rows: readonly SolverRun[],
  also: readonly SolverRun[],
  whole: readonly Cell[],
  autos: readonly AutoStart[],
): number {
  const usual = (steps: number) => usualTimestep(setting, steps);
  const cost = (cells: readonly SolverRun[], count: number) =>
    cells.reduce((sum, { solver, steps }) => {
      return sum + count * (setting.solvers.get(solver)!.calls(steps) ?? steps);
    }, 0);
  const second = rows.flatMap((run) => {
    const best = usual(run.steps);
    return secondPass(setting, run, { noise: best, late: best });
  });
  return (
    cost([...scanCells(setting.network, rows, usual), ...second], scan) +
    cost(rows, 5 * samples + 2 * paper) +
    2 * cost(also, samples) +
    cost(
      autos.flatMap((auto) => auto.tries.coarse.map(() => auto)),
      trial,
    ) +
    cost(whole, full)
  );
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

function gainSentence(
  setting: CompareSetting,
  { solver, steps, late, tuned }: LateStartGain,
): string {
  const short = ({ quality }: MeasuredCell) => Number(quality.frechet.value.toPrecision(3));
  return `${solverTitle(setting, solver)}, ${steps} steps: ${late.quality.frechet.name} ${short(late)} from the best late start, ${short(tuned)} from the best noise.`;
}
