import type { CloneResult } from "@symbreak/analysis";
import type { Section } from "../../report/report.ts";
import { cloneSection } from "./clone-section.ts";
import { crossingSentence } from "./clone-table.ts";
import { type Published, publishedCurve } from "./published-mnist.ts";

/** The curve of the literature for the data of a result, where there is one. */
export function publishedOf({ classes, protocol, scale }: CloneResult): Published | undefined {
  const labels = classes.map(({ label }) => label);
  return publishedCurve({ dataset: protocol.data.name, classes: labels, scale });
}

/** What cloning found, in a few sentences. */
export function cloneFinding(result: CloneResult): string {
  const { speciation, lambda, scale } = result;
  const published = publishedOf(result);
  const time =
    speciation.ouTime === null
      ? "never"
      : `${speciation.ouTime.toFixed(3)} (index ${speciation.ddpmIndex ?? "beyond the chain"})`;
  const predicted = `The data say t_S = ½ ln Λ = ${time} (Λ = ${lambda.toPrecision(4)}, ${scale} scale).`;
  const measured = published
    ? ` ${published.name} measured ${published.crossing.ouTime.toFixed(3)} (index ${published.crossing.ddpmIndex}).`
    : "";
  return `${crossingSentence(result)} ${predicted}${measured}`;
}

/** The section of a network's clones: phi against time, beside t_S and what was published. */
export function cloneResultSection(result: CloneResult, document: unknown): Section {
  const { trajectories, strangers, classes, protocol, speciation } = result;
  const published = publishedOf(result);
  const parts = [
    `${trajectories} pairs of clones at each time, with Wilson's 95 % intervals.`,
    `Strangers agree with probability ${strangers.toFixed(3)}.`,
    classes.length > 2 &&
      `The threshold is what two equal Gaussian classes reach at t_S; of ${classes.length} classes some are decided before and some after.`,
    published && "Circles: arXiv 2402.18491, a network of 25.7 million weights in 1000 steps.",
  ];
  return cloneSection(
    {
      title: `Clones of ${protocol.network.name}`,
      result,
      caption: parts.filter(Boolean).join(" "),
      speciation: speciation.ouTime ?? undefined,
      others: published ? [published] : [],
    },
    document,
  );
}

/** The protocol of a cloning experiment for people, a line each. */
export function cloneProtocolLines(result: CloneResult): Record<string, string> {
  const { classes, judge, trajectories, nfe, protocol } = result;
  const { network, data, solver, steps, seed } = protocol;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const accuracy = judge.tested
    ? `right on ${percent(judge.tested.accuracy)} of ${judge.tested.images} images of ${judge.tested.on}`
    : "its accuracy unknown, since there are no unseen images with labels";
  return {
    network: network.name,
    data: `${data.name}, ${data.count} samples of ${data.shape.join("×")}`,
    units: data.units,
    "classes of all clones": classes
      .map(({ name, share }) => `${name}: ${percent(share)}`)
      .join(", "),
    judge: `${judge.name}, ${accuracy}`,
    solver: `${solver.name}, ${steps} steps, without noise in the last`,
    pairs: String(trajectories),
    NFE: `${nfe} a trajectory with all its clones`,
    seed: String(seed),
  };
}
