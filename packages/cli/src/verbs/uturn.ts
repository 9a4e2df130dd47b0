import { uTurns } from "@symbreak/analysis";
import { chainOf, readClock } from "@symbreak/core";
import { openJudge } from "../clone/judge.ts";
import { askedOf, grouped, OUT_OPTION, SUBJECT_OPTIONS, solverNamed } from "../options.ts";
import { integer, integers } from "../parse.ts";
import { directoryOf, nameOf } from "../publish.ts";
import { partsDirectory, partsOf } from "../shards/cut.ts";
import { defaultClassifier, openSubject } from "../subject.ts";
import { told } from "../terminal/experiment-progress.ts";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb uturn <network>` */
export const uturn: Verb = defineVerb({
  args: {
    ...SUBJECT_OPTIONS,
    ...grouped("U-turns", {
      classifier: {
        type: "string",
        description: "Says whether a class was kept: a classifier, or nearest (default the zoo's).",
      },
      solver: {
        type: "string",
        default: "ddpm:variance=fixedLarge",
        description: "The solver of the way back (default ddpm:variance=fixedLarge).",
      },
      steps: {
        type: "string",
        default: "50",
        description: "Steps from the top; a turn takes those below its time (default 50).",
      },
      samples: { type: "string", default: "200", description: "Samples that turn (default 200)." },
      times: {
        type: "string",
        description: "Chain indices of the turns, such as 700,500,300 (default about t_S).",
      },
      seed: { type: "string", default: "1", description: "Seed of the noise (default 1)." },
    }),
    ...OUT_OPTION,
  },
  examples: ["ssb uturn zoo:mnist", "ssb uturn runs/mine --times 800,600,400,200 --samples 500"],
  shards: "",
  run: async (args, _, cut) => {
    const solver = solverNamed(args.solver);
    const numbers = {
      steps: integer("--steps", args.steps, 2),
      samples: integer("--samples", args.samples, 2),
      seed: integer("--seed", args.seed, 0),
    };
    const indices = integers("--times", args.times);
    const { network, runtime, data, heldOut, dataset } = await openSubject(askedOf(args));
    const judge = await openJudge(args.classifier ?? defaultClassifier(dataset), data, heldOut);
    const chain = chainOf(network.process);
    const ouTimes = indices?.map((ddpmIndex) => readClock({ ddpmIndex }, chain).ouTime!);
    const name = `uturn-${nameOf(args.network)}`;
    const parts = await partsOf(cut, directoryOf(args, name));
    const { progress, end } = told("U-turns", partsDirectory(cut, directoryOf(args, name)));
    const found = await uTurns(
      network,
      heldOut ?? data,
      { ...numbers, judge, solver, ...(ouTimes && { ouTimes }) },
      { progress, ...parts },
    );
    end();
    const share = (interval: { value: number; low: number; high: number } | null) =>
      interval === null
        ? ["", ""]
        : [interval.value.toFixed(3), `[${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`];
    const rows = found.curve.map(({ ouTime, ddpmIndex, returned, overlap }) => [
      ouTime.toFixed(3),
      ddpmIndex === null || ddpmIndex === undefined ? "" : ddpmIndex.toFixed(0),
      ...share(returned),
      ...share(overlap),
    ]);
    const header = ["OU time", "DDPM index", "same class", "[95 %]", "overlap", "[95 %]"];
    return {
      result: { ...found, runtime },
      text: `U-turns of ${network.name}, ${found.protocol.samples} samples, judged by ${judge.name}\n\n${textTable(header, rows, [])}`,
      name,
    };
  },
});
