import { networkScore } from "@symbreak/analysis";
import {
  EXPLAINED_HEADER,
  explainedRows,
  SCORE_HEADER,
  scoreRows,
  scoreSections,
} from "@symbreak/figures";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { askedOf, grouped, OUT_OPTION, SUBJECT_OPTIONS } from "../options.ts";
import { integer } from "../parse.ts";
import { nameOf } from "../publish.ts";
import { describeSubject, openSubject } from "../subject.ts";
import { networkJacobian } from "../symmetry/network-jacobian.ts";
import { told } from "../terminal/experiment-progress.ts";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb score <network>` */
export const score: Verb = defineVerb({
  args: {
    ...SUBJECT_OPTIONS,
    ...grouped("Score", {
      looked: {
        type: "string",
        default: "16",
        description: "Held-out samples at each noise level (default 16).",
      },
      "skip-gap": {
        type: "boolean",
        description: "Leave out the whole Jacobian: as many products as a sample has numbers.",
      },
    }),
    ...grouped("Machines", {
      samples: {
        type: "string",
        default: "10",
        description: "Samples that local score machines are held against (default 10); 0 for none.",
      },
      images: {
        type: "string",
        default: "500",
        description: "Training images that the machines know (default 500).",
      },
      steps: { type: "string", default: "20", description: "DDIM steps from noise (default 20)." },
      seed: { type: "string", default: "1", description: "Seed of all numbers (default 1)." },
    }),
    ...OUT_OPTION,
  },
  examples: [
    "ssb score zoo:mnist",
    "ssb score zoo:fashion-mnist --images 200 --samples 8 --steps 10",
    "ssb score runs/mine --samples 0 --json",
  ],
  run: async (args) => {
    const numbers = {
      looked: integer("--looked", args.looked, 2),
      samples: integer("--samples", args.samples, 0),
      images: integer("--images", args.images, 2),
      steps: integer("--steps", args.steps, 2),
      seed: integer("--seed", args.seed, 0),
    };
    const subject = await openSubject(askedOf(args));
    const { network, data, heldOut, runtime } = subject;
    const { multiply, denoiser, name: engine } = await matrixEngine();
    const { progress, end } = told("the score");
    const effort = {
      ...{ ...numbers, heldOut, multiply, exactScore: denoiser, gap: args["skip-gap"] !== true },
      jacobian: await networkJacobian(args.network),
    };
    const found = await networkScore(network, data, effort, { progress });
    end();
    const [bordered] = found.explained.filter(({ model }) => model === "bordered");
    const finding =
      bordered === undefined
        ? "The score was held against the data by level."
        : `Bordered local score machines explain a median r² of ${bordered.median.toFixed(3)} [${bordered.low.toFixed(3)}, ${bordered.high.toFixed(3)}] of the network's samples.`;
    return {
      result: { ...found, runtime },
      text: [
        `${network.name}, on ${runtime}\n`,
        textTable(SCORE_HEADER, scoreRows(found)),
        ...(found.explained.length > 0 ? [textTable(EXPLAINED_HEADER, explainedRows(found))] : []),
      ].join("\n"),
      finding,
      name: `score-${nameOf(args.network)}`,
      page: () => ({
        title: `${network.name}: the score`,
        finding,
        sections: scoreSections(found),
        protocol: { ...describeSubject(subject), engine, seed: String(numbers.seed) },
      }),
    };
  },
});
