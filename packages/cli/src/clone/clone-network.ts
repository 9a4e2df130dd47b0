import { type CloneResult, clone, clonedPictures } from "@symbreak/analysis";
import { type DiscreteSchedule, readClock } from "@symbreak/core";
import {
  branchPicture,
  branchSection,
  cloneFinding,
  cloneProtocolLines,
  cloneResultSection,
  publishedOf,
} from "@symbreak/figures";
import { chainOf } from "../network/chain-of.ts";
import type { NetworkSetting } from "../network/open-network.ts";
import { pngBytes } from "../png-bytes.ts";
import { CLONE_SOLVERS, type CloneSolverName } from "./clone-solvers.ts";
import { openJudge } from "./judge.ts";
import type { FinishedClones } from "./write-clone.ts";

/** How to clone it. */
export interface CloneNetworkRequest {
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

/** The result, and the sections that show it. */
export interface ClonedNetwork extends FinishedClones {
  readonly result: CloneResult & {
    readonly runtime: string;
    /** The crossing that the literature gives for these data. */
    readonly published: { readonly ddpmIndex: number; readonly ouTime: number } | null;
  };
}

/** Clones the trajectories of a trained network about the time at which its data decide. */
export async function cloneNetwork(
  setting: NetworkSetting,
  request: CloneNetworkRequest,
): Promise<ClonedNetwork> {
  const { set, subject, unseen, runtime, table } = setting;
  const { classifier, solver, indices, pictured = true, onProgress, ...numbers } = request;
  const judge = await openJudge(classifier, set, unseen);
  const chain = chainOf(table);
  const found = await clone(
    subject,
    set,
    {
      ...{ judge, solver: CLONE_SOLVERS[solver] },
      ...{ steps: numbers.steps, pairs: numbers.pairs, seed: numbers.seed },
      ouTimes: indices?.map((index) => ouTimeOf(chain, index)),
    },
    { progress: ({ done, total }) => onProgress?.(done / total) },
  );
  const branches = pictured ? await clonedPictures(subject, found, CLONE_SOLVERS[solver]) : [];
  const grids = branches.map((branch) => {
    const { ddpmIndex = 0 } = readClock({ ouTime: branch.ouTime }, chain);
    const index = Math.round(ddpmIndex);
    const picture = branchPicture(branch, set);
    return { file: `index-${index}`, name: `parted at index ${index}`, picture };
  });
  return {
    title: `Clones of ${subject.name}`,
    finding: cloneFinding(found),
    result: { ...found, runtime, published: publishedOf(found)?.crossing ?? null },
    sections: (document) => [
      cloneResultSection(found, document),
      ...(grids.length > 0 ? [branchSection(grids)] : []),
    ],
    protocol: { ...cloneProtocolLines(found), runtime },
    files: Object.fromEntries(
      grids.map(({ file, picture }) => [`branches/${file}.png`, pngBytes(picture.uri)]),
    ),
  };
}

function ouTimeOf({ alphaBars, steps }: DiscreteSchedule, index: number): number {
  if (!(index < steps)) throw new Error(`the chain ends at index ${steps - 1}, before ${index}`);
  return -0.5 * Math.log(alphaBars[index]!);
}
