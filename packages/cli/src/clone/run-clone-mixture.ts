import { cloneTwoGaussians } from "@symbreak/analysis";
import { classSignal, cloningProbability, ou } from "@symbreak/core";
import { cloneSection, crossingSentence } from "@symbreak/figures";
import { progress } from "../terminal/progress.ts";
import { type FinishedClones, writeClone } from "./write-clone.ts";

/** What `ssb clone --mixture` was asked. */
export interface CloneMixtureRequest {
  readonly size: number;
  readonly deviation: number;
  readonly pairs: number;
  readonly steps: number;
  /** OU times; default: quarters about t_S. */
  readonly ouTimes: readonly number[] | undefined;
  readonly seed: number;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Clones two Gaussian classes and sets the result beside the closed form. */
export async function runCloneMixture(request: CloneMixtureRequest): Promise<void> {
  const { size, deviation, pairs, steps, ouTimes, seed, json, out } = request;
  const bar = progress({ "cloning two Gaussians": 1 });
  bar.phase("cloning two Gaussians");
  const result = await cloneTwoGaussians({
    ...{ size, deviation, trajectories: pairs, steps, seed },
    ...(ouTimes && { ouTimes }),
    onProgress: bar.at,
  });
  bar.end();
  const { speciation, phi } = result;
  const [late, early] = [phi[0]!.ouTime, phi.at(-1)!.ouTime];
  const closed = Array.from({ length: 61 }, (_, k) => {
    const time = early + ((late - early) * k) / 60;
    const kappa = classSignal(Math.sqrt(size), deviation, ou().level(time));
    return { time, value: cloningProbability(kappa) };
  });
  const title = `Clones of two Gaussians at ±(1, …, 1), d = ${size}`;
  const clones: FinishedClones = {
    title,
    finding: `${crossingSentence(result)} t_S = ½ ln d = ${speciation.ouTime.toFixed(3)}.`,
    result,
    sections: (document) => [
      cloneSection(
        {
          ...{ title, result, speciation: speciation.ouTime },
          others: [{ name: "closed form", points: closed }],
          caption: `${pairs} pairs of clones at each time, with Wilson's 95 % intervals; the line is phi = ½(1 + E tanh²).`,
        },
        document,
      ),
    ],
    protocol: {
      data: `½ N(m, s² I) + ½ N(−m, s² I), m = (1, …, 1), d = ${size}, s = ${deviation}`,
      simulated: result.simulated,
      solver: `${result.solver}, ${steps} steps from OU time ${result.from}, noise left out of the last`,
      class: "the sign of m·x at the end",
      pairs: String(pairs),
      NFE: `${result.nfe} a trajectory with all its clones`,
      seed: result.seed,
    },
  };
  await writeClone(clones, { json, out, directory: `runs/clone-mixture-${size}` });
}
