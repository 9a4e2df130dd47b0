import { memorise as memoriseNetwork } from "@symbreak/analysis";
import { bytesOf, imageShape } from "@symbreak/core";
import { npyBytes } from "@symbreak/datasets";
import { memorisationSection } from "@symbreak/figures";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { askedOf, grouped, OUT_OPTION, SUBJECT_OPTIONS, solverNamed } from "../options.ts";
import { integer } from "../parse.ts";
import { directoryOf, nameOf } from "../publish.ts";
import { partsDirectory, partsOf } from "../shards/cut.ts";
import { openSubject } from "../subject.ts";
import { told } from "../terminal/experiment-progress.ts";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb memorise <network>` */
export const memorise: Verb = defineVerb({
  args: {
    ...SUBJECT_OPTIONS,
    ...grouped("Samples", {
      samples: {
        type: "string",
        default: "1000",
        description: "Samples, and held-out images beside them (default 1000).",
      },
      solver: { type: "string", default: "ddim", description: "The solver (default ddim)." },
      steps: {
        type: "string",
        default: "100",
        description: "Steps over the whole process; few steps show fewer copies (default 100).",
      },
      seed: { type: "string", default: "1", description: "Seed of the samples (default 1)." },
    }),
    ...OUT_OPTION,
  },
  examples: ["ssb memorise zoo:mnist", "ssb memorise runs/few-128 --samples 500 --steps 50"],
  shards: "",
  run: async (args, _, cut) => {
    const solver = solverNamed(args.solver);
    const numbers = {
      samples: integer("--samples", args.samples, 10),
      steps: integer("--steps", args.steps, 2),
      seed: integer("--seed", args.seed, 0),
    };
    const { network, runtime, data, heldOut } = await openSubject(askedOf(args));
    const { multiply } = await matrixEngine();
    const name = `memorise-${nameOf(args.network)}`;
    const parts = await partsOf(cut, directoryOf(args, name));
    const { progress, end } = told("memorisation", partsDirectory(cut, directoryOf(args, name)));
    const { result, samples } = await memoriseNetwork(
      network,
      data,
      { ...numbers, solver, heldOut, multiply },
      { progress, ...parts },
    );
    end();
    const { memorised, ratio, protocol } = result;
    const share = ({ value, low, high }: typeof memorised) => [
      `${(100 * value).toFixed(1)} %`,
      `[${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`,
    ];
    const rows = [
      ["samples of the network", String(numbers.samples), ...share(memorised)],
      ...(result.heldOut
        ? [
            [
              "held-out, by chance",
              String(protocol.heldOut?.count),
              ...share(result.heldOut.memorised),
            ],
          ]
        : []),
    ];
    const finding = `Of ${numbers.samples} samples ${(100 * memorised.value).toFixed(1)} % are copies of training samples (d1 < ${ratio.toPrecision(3)} d2).`;
    const drawable = data.values instanceof Uint8Array && data.shape.length === 3;
    return {
      result: { ...result, runtime },
      text: `${network.name}, ${solver.name}, ${numbers.steps} steps, on ${runtime}\n\n${textTable(["", "n", "copies", "[95 %]"], rows)}`,
      finding,
      name,
      files: { "samples.npy": npyBytes(storedOf(samples), [samples.count, ...samples.shape]) },
      page: () => ({
        title: `${network.name}: new images, or copies?`,
        finding,
        sections: drawable
          ? [
              memorisationSection({
                memorisation: result,
                samples: bytesOf("ssb memorise", samples),
                training: bytesOf("ssb memorise", data),
                shape: imageShape("ssb memorise", data),
                how: `${solver.name}, ${numbers.steps} steps`,
              }),
            ]
          : [],
        protocol: {
          network: `${network.name}, on ${runtime}`,
          data: protocol.data.name,
          solver: `${solver.name}, ${numbers.steps} steps over the whole process`,
          seed: String(numbers.seed),
        },
      }),
    };
  },
});

function storedOf({ values }: { readonly values: ArrayLike<number> }): Uint8Array | Float32Array {
  return values instanceof Uint8Array ? values : Float32Array.from(values);
}
