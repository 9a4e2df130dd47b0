import {
  type CloningCurve,
  clonedPictures,
  clone as cloneNetwork,
  cloneTwoGaussians,
} from "@symbreak/analysis";
import { chainOf, classSignal, cloningProbability, ou, readClock } from "@symbreak/core";
import {
  branchPicture,
  branchSection,
  cloneFinding,
  cloneProtocolLines,
  cloneResultSection,
  cloneSection,
  cloneTable,
  crossingSentence,
  publishedOf,
} from "@symbreak/figures";
import { SOLVERS, type Solver, solverOf } from "@symbreak/samplers";
import { openJudge } from "../clone/judge.ts";
import { askedOf, grouped, OUT_OPTION, SUBJECT_OPTIONS, solverNamed } from "../options.ts";
import { integer, integers, number } from "../parse.ts";
import { pngBytes } from "../png-bytes.ts";
import { directoryOf, nameOf, type Outcome } from "../publish.ts";
import { type Cut, partsDirectory, partsOf } from "../shards/cut.ts";
import { defaultClassifier, openSubject } from "../subject.ts";
import { told } from "../terminal/experiment-progress.ts";
import { progress } from "../terminal/progress.ts";
import { textTable } from "../terminal/table.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

const ARGS = {
  ...SUBJECT_OPTIONS,
  network: { ...SUBJECT_OPTIONS.network, required: false },
  ...grouped("Mixture", {
    mixture: {
      type: "boolean",
      description:
        "Clone two Gaussians at ±(1, …, 1) with their exact score, in place of a network.",
    },
    dim: { type: "string", description: "Dimension of the mixture (default 1024)." },
    deviation: { type: "string", description: "Standard deviation of each class (default 1)." },
  }),
  ...grouped("Clones", {
    classifier: {
      type: "string",
      description: "Says where clones end: a classifier, or nearest (default the zoo's).",
    },
    solver: {
      type: "string",
      default: "ddpm:variance=fixedLarge",
      description: "A solver that draws noise (default ddpm:variance=fixedLarge, as in the paper).",
    },
    steps: { type: "string", description: "Steps of each trajectory (default 50; mixture 1000)." },
    pairs: {
      type: "string",
      description: "Pairs of clones at each time (default 200; mixture 10000).",
    },
    times: {
      type: "string",
      description: "Chain indices where clones part, such as 500,450,400; of a mixture, OU times.",
    },
    seed: { type: "string", default: "1", description: "Seed of the trajectories (default 1)." },
  }),
  ...OUT_OPTION,
} as const;

type Args = { readonly [Name in keyof typeof ARGS]?: string | boolean | undefined };

/** `ssb clone <network>` and `ssb clone --mixture` */
export const clone: Verb = defineVerb({
  args: ARGS,
  examples: [
    "ssb clone --mixture --dim 1024 --json",
    "ssb clone zoo:mnist",
    "ssb clone zoo:mnist-1-8 --steps 100 --pairs 1000 --times 600,550,500,450,400,350,300",
    "ssb clone runs/mine --data ./images --classifier nearest --out runs/clones",
  ],
  shards: "",
  run: async (args, _, cut) => {
    if (args.mixture) return ofMixture(args, args.json === true, cut);
    const { network: path } = args;
    if (path === undefined)
      throw new UsageError("clone needs a network, or --mixture (ssb clone --help)");
    for (const option of ["dim", "deviation"] as const)
      if (args[option] !== undefined)
        throw new UsageError(`--${option} is for --mixture (ssb clone --help)`);
    const solver = noisySolver(args.solver);
    const numbers = {
      steps: integer("--steps", args.steps, 2) ?? 50,
      pairs: integer("--pairs", args.pairs, 2) ?? 200,
      seed: integer("--seed", args.seed, 0),
    };
    const indices = integers("--times", args.times);
    const { network, data, heldOut, runtime, dataset } = await openSubject(
      askedOf({ ...args, network: path }),
    );
    const judge = await openJudge(args.classifier ?? defaultClassifier(dataset), data, heldOut);
    const chain = chainOf(network.process);
    const ouTimes = indices?.map((ddpmIndex) => readClock({ ddpmIndex }, chain).ouTime!);
    const name = `clone-${nameOf(path)}`;
    const directory = directoryOf({ json: args.json, out: args.out }, name);
    const parts = await partsOf(cut, directory);
    const { progress: tell, end } = told("cloning", partsDirectory(cut, directory));
    const found = await cloneNetwork(
      network,
      data,
      { ...numbers, judge, solver, ...(ouTimes && { ouTimes }) },
      { progress: tell, ...parts },
    );
    const branches = directory === undefined ? [] : await clonedPictures(network, found, solver);
    end();
    const grids = branches.map((branch) => {
      const index = Math.round(readClock({ ouTime: branch.ouTime }, chain).ddpmIndex ?? 0);
      const picture = branchPicture(branch, data);
      return { file: `index-${index}`, name: `parted at index ${index}`, picture };
    });
    const finding = cloneFinding(found);
    return {
      result: { ...found, runtime, published: publishedOf(found)?.crossing ?? null },
      text: curveText(`Clones of ${network.name}`, found),
      finding,
      name,
      files: Object.fromEntries(
        grids.map(({ file, picture }) => [`branches/${file}.png`, pngBytes(picture.uri)]),
      ),
      page: (document) => ({
        title: `Clones of ${network.name}`,
        finding,
        sections: [
          cloneResultSection(found, document),
          ...(grids.length > 0 ? [branchSection(grids)] : []),
        ],
        protocol: { ...cloneProtocolLines(found), runtime },
      }),
    };
  },
});

/** A solver that draws noise: without it both clones would be one. */
function noisySolver(text: string): Solver {
  const solver = solverNamed(text);
  if (solver.stochastic) return solver;
  const names = Object.entries(SOLVERS)
    .filter(([name, { distilled }]) => !distilled && solverOf({ name }).stochastic)
    .map(([name]) => name);
  throw new UsageError(
    `--solver must be one of ${names.join(", ")}, or ddim:eta=1: ${text} draws no noise, so that both clones would be one`,
  );
}

/** Two Gaussian classes, beside the closed form. */
async function ofMixture(args: Args, json: boolean, cut: Cut | undefined): Promise<Outcome> {
  const text = (name: keyof Args) => args[name] as string | undefined;
  if (args.network !== undefined)
    throw new UsageError("clone takes a network or --mixture, not both (ssb clone --help)");
  const size = integer("--dim", text("dim"), 1) ?? 1024;
  const deviation = positive("--deviation", text("deviation")) ?? 1;
  const pairs = integer("--pairs", text("pairs"), 10) ?? 10_000;
  const steps = integer("--steps", text("steps"), 10) ?? 1000;
  const ouTimes = text("times")
    ?.split(",")
    .map((time) => positive("--times", time)!);
  const seed = integer("--seed", text("seed"), 0)!;
  const name = `clone-mixture-${size}`;
  const out = directoryOf({ json, out: text("out") }, name);
  const bar = progress({ "cloning two Gaussians": 1 });
  bar.phase("cloning two Gaussians");
  const result = await cloneTwoGaussians({
    ...{ size, deviation, trajectories: pairs, steps, seed },
    ...(ouTimes && { ouTimes }),
    ...(await partsOf(cut, out)),
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
  const finding = `${crossingSentence(result)} t_S = ½ ln d = ${speciation.ouTime.toFixed(3)}.`;
  const caption = `${pairs} pairs of clones at each time, with Wilson's 95 % intervals; the line is phi = ½(1 + E tanh²).`;
  const others = [{ name: "closed form", points: closed }];
  const shown = { title, result, speciation: speciation.ouTime, others, caption };
  return {
    result,
    text: curveText(title, result),
    finding,
    name,
    page: (document) => ({
      title,
      finding,
      sections: [cloneSection(shown, document)],
      protocol: {
        data: `½ N(m, s² I) + ½ N(−m, s² I), m = (1, …, 1), d = ${size}, s = ${deviation}`,
        simulated: result.simulated,
        solver: `${result.solver}, ${steps} steps from OU time ${result.from}, noise left out of the last`,
        class: "the sign of m·x at the end",
        pairs: String(pairs),
        NFE: `${result.nfe} a trajectory with all its clones`,
        seed: result.seed,
      },
    }),
  };
}

function curveText(title: string, result: CloningCurve): string {
  const { header, rows } = cloneTable(result);
  return `${title}\n\n${textTable(header, rows, [])}`;
}

function positive(option: string, text: string | undefined): number | undefined {
  const value = number(option, text);
  if (value !== undefined && !(value > 0))
    throw new UsageError(`${option} must be positive, got ${text}`);
  return value;
}
