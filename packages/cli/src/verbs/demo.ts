import { demoReport } from "../demo/demo-report.ts";
import { demoText } from "../demo/demo-text.ts";
import { demoPlan, runDemo } from "../demo/run-demo.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { OUT_OPTION } from "../options.ts";
import { integer } from "../parse.ts";
import { progress } from "../terminal/progress.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** Training images of the excess entropy and samples a row, by engine: the demo takes about a minute with either. */
const SIZES = { fast: { images: 4000, samples: 1000 }, slow: { images: 1000, samples: 200 } };

/** `ssb demo` */
export const demo: Verb = defineVerb({
  args: {
    images: {
      type: "string",
      description:
        "Training images of the excess entropy (default 4000, or 1000 without onnxruntime).",
    },
    samples: {
      type: "string",
      description: "Samples of each row of the table (default 1000, or 200).",
    },
    seed: { type: "string", description: "Seed of all samples (default 1)." },
    ...OUT_OPTION,
  },
  examples: [
    "ssb demo",
    "ssb demo --images 1000 --samples 200 --out runs/quick",
    "ssb demo --json > demo.json",
  ],
  run: async ({ images, samples, seed }) => {
    const given = {
      images: integer("--images", images, 100),
      samples: integer("--samples", samples, 80),
      seed: integer("--seed", seed, 0),
    };
    const engine = await matrixEngine();
    const size = SIZES[engine.fast ? "fast" : "slow"];
    const settings = {
      images: given.images ?? size.images,
      samples: given.samples ?? size.samples,
      seed: given.seed ?? 1,
    };
    const bar = progress(demoPlan(settings));
    const run = await runDemo(settings, engine, bar, (finding) => {
      bar.end();
      process.stderr.write(`${finding}\n`);
    });
    bar.end();
    return {
      result: run.result,
      text: demoText(run.result),
      finding: run.result.finding,
      next: {
        "your own data": "ssb analyze ./photographs",
        "your own network": "ssb import ./my-pipeline --data ./photographs",
        "see it happen, and touch it": "ssb lab",
      },
      name: "demo",
      page: (document) => demoReport(run, document),
    };
  },
});
