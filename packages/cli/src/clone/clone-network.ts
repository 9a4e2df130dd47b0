import {
  type Cloning,
  cloneBranches,
  cloning,
  type SpeciationTime,
  speciationTime,
  topSpectrum,
} from "@symbreak/analysis";
import { type DiscreteSchedule, describeUnits, type NoiseLevel } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { pictures, type Section } from "@symbreak/figures";
import { chainOf } from "../network/chain-of.ts";
import type { NetworkSetting } from "../network/open-network.ts";
import { pngBytes } from "../png-bytes.ts";
import { branchPictures, SHOWN, timesShown } from "./branch-pictures.ts";
import { cloneSection } from "./clone-section.ts";
import { CLONE_SOLVERS, type CloneSolverName } from "./clone-solvers.ts";
import { crossingSentence } from "./clone-table.ts";
import { indicesAround } from "./clone-times.ts";
import { type Judge, openJudge } from "./judge.ts";
import { publishedCurve } from "./published-mnist.ts";
import type { FinishedClones } from "./write-clone.ts";

/** How to clone it. */
export interface CloneNetworkRequest {
  /** What to call it. */
  readonly network: string;
  readonly dataset: string;
  /** A run, a file, `zoo:<name>`, or "nearest". */
  readonly classifier: string;
  readonly solver: CloneSolverName;
  readonly steps: number;
  readonly pairs: number;
  /** Of the chain; default about t_S. */
  readonly indices: readonly number[] | undefined;
  readonly seed: number;
  /** Default true. */
  readonly pictured?: boolean;
  readonly onProgress?: (fraction: number) => void;
}

/** What `ssb clone <network> --json` prints. */
interface NetworkCloning extends Omit<Cloning, "classShares"> {
  readonly classes: readonly {
    readonly label: number;
    readonly name: string;
    /** Of all clones. */
    readonly share: number;
  }[];
  readonly lambda: number;
  readonly speciation: SpeciationTime;
  readonly network: string;
  readonly runtime: string;
  readonly data: string;
  readonly scale: string;
  readonly judge: Pick<Judge, "name" | "tested">;
  readonly steps: number;
  /** The crossing that the literature gives for these data. */
  readonly published: { readonly ddpmIndex: number; readonly ouTime: number } | null;
}

/** The result, and the sections that show it. */
export interface ClonedNetwork extends FinishedClones {
  readonly result: NetworkCloning;
}

const BATCH = 64;

/** Clones the trajectories of a trained network about the time at which its data decide. */
export async function cloneNetwork(
  setting: NetworkSetting,
  request: CloneNetworkRequest,
): Promise<ClonedNetwork> {
  const { set, denoiser, levels, unseen, runtime } = setting;
  const { dataset, classifier, solver, steps, pairs, seed, pictured = true, onProgress } = request;
  const judge = await openJudge(classifier, set, unseen);
  const chain = chainOf(setting.table);
  const { lambda } = topSpectrum(set);
  const speciation = speciationTime(lambda, { scale: set.units.name, schedule: chain });
  const indices = request.indices ?? indicesAround(speciation.ouTime ?? 0, chain);
  const run = {
    ...{ denoiser, steps, seed, batch: BATCH, solver: CLONE_SOLVERS[solver] },
    levels: (n: number, from: NoiseLevel | undefined) => levels(n, from),
  };
  const { classShares, ...found } = await cloning({
    ...{ ...run, chain, count: pairs, classify: judge.classify },
    ouTimes: indices.map((index) => ouTimeOf(chain, index)),
    ...(onProgress && { onProgress }),
  });
  const shown = pictured ? timesShown(found.phi) : [];
  const ouTimes = shown.map(({ ouTime }) => ouTime);
  const grids =
    shown.length === 0
      ? []
      : await branchPictures(cloneBranches({ ...run, ouTimes, ...SHOWN }), shown, set);
  const classes = judge.classes.map(({ label, name }) => {
    return { label, name, share: classShares[label] ?? 0 };
  });
  const labels = classes.map(({ label }) => label);
  const published = publishedCurve({ dataset, classes: labels, scale: set.units.name });
  const result: NetworkCloning = {
    ...{ ...found, classes, lambda, speciation, network: request.network, runtime },
    ...{ data: describe(set), scale: set.units.name, solver, steps },
    judge: { name: judge.name, tested: judge.tested },
    published: published?.crossing ?? null,
  };
  const title = `Clones of ${request.network}`;
  const caption = captionOf(result, published !== undefined);
  const curve = { title, result, caption, speciation: speciation.ouTime ?? undefined };
  return {
    title,
    finding: findingOf(result, published?.name),
    result,
    sections: (document) => [
      cloneSection({ ...curve, others: published ? [published] : [] }, document),
      ...(grids.length > 0 ? [branchSection(grids)] : []),
    ],
    protocol: protocolOf(result, describeUnits(set.units)),
    files: Object.fromEntries(
      grids.map(({ file, picture }) => [`branches/${file}.png`, pngBytes(picture.uri)]),
    ),
  };
}

function findingOf(result: NetworkCloning, source: string | undefined): string {
  const { speciation, lambda, scale, published } = result;
  const time =
    speciation.ouTime === null
      ? "never"
      : `${speciation.ouTime.toFixed(3)} (index ${speciation.ddpmIndex ?? "beyond the chain"})`;
  const predicted = `The data say t_S = ½ ln Λ = ${time} (Λ = ${lambda.toPrecision(4)}, ${scale} scale).`;
  const measured = published
    ? ` ${source} measured ${published.ouTime.toFixed(3)} (index ${published.ddpmIndex}).`
    : "";
  return `${crossingSentence(result)} ${predicted}${measured}`;
}

function captionOf({ trajectories, strangers, classes }: NetworkCloning, others: boolean): string {
  const parts = [
    `${trajectories} pairs of clones at each time, with Wilson's 95 % intervals.`,
    `Strangers agree with probability ${strangers.toFixed(3)}.`,
    classes.length > 2 &&
      `The threshold is what two equal Gaussian classes reach at t_S; of ${classes.length} classes some are decided before and some after.`,
    others && "Circles: arXiv 2402.18491, a network of 25.7 million weights in 1000 steps.",
  ];
  return parts.filter(Boolean).join(" ");
}

function protocolOf(result: NetworkCloning, scale: string): Record<string, string> {
  const { network, runtime, data, classes, judge, solver, steps, trajectories, nfe, seed } = result;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const accuracy = judge.tested
    ? `right on ${percent(judge.tested.accuracy)} of ${judge.tested.images} images of ${judge.tested.on}`
    : "its accuracy unknown for want of unseen images with labels";
  return {
    network: `${network} on ${runtime}`,
    data: `${data}, ${scale}`,
    "classes of all clones": classes
      .map(({ name, share }) => `${name}: ${percent(share)}`)
      .join(", "),
    judge: `${judge.name}, ${accuracy}`,
    solver: `${solver}, ${steps} steps, noise left out of the last`,
    pairs: String(trajectories),
    NFE: `${nfe} a trajectory with all its clones`,
    seed,
  };
}

function branchSection(grids: Awaited<ReturnType<typeof branchPictures>>): Section {
  const list = grids.map(({ name, picture }) => ({ name, picture, alt: `Clones ${name}` }));
  return {
    title: "Branches",
    text: ["A trajectory a row: its state where it parts, then five continuations."],
    content: [pictures(list, "The same six trajectories at each time.")],
  };
}

function ouTimeOf({ alphaBars, steps }: DiscreteSchedule, index: number): number {
  if (!(index < steps)) throw new Error(`the chain ends at index ${steps - 1}, before ${index}`);
  return -0.5 * Math.log(alphaBars[index]!);
}
