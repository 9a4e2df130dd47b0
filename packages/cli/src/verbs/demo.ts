import { integer } from "../parse.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** Training images of the excess entropy and samples a row, by engine: the demo takes about a minute with either. */
const SIZES = { fast: { images: 4000, samples: 1000 }, slow: { images: 1000, samples: 200 } };

/** `ssb demo` */
export const demo: Verb = defineVerb({
  args: {
    images: {
      type: "string",
      description:
        "Training images of the excess entropy (default 4000, or 1000 without onnxruntime)",
    },
    samples: {
      type: "string",
      description: "Samples of each row of the table (default 1000, or 200)",
    },
    seed: { type: "string", description: "Seed of all samples (default 1)" },
    out: { type: "string", description: "Directory of the report (default runs/demo)" },
  },
  examples: [
    "ssb demo",
    "ssb demo --images 1000 --samples 200 --out runs/quick",
    "ssb demo --json > demo.json",
  ],
  run: async ({ images, samples, seed, out, json }) => {
    const given = {
      images: integer("--images", images, 100),
      samples: integer("--samples", samples, 80),
      seed: integer("--seed", seed, 0),
    };
    const [{ matrixEngine }, { demoPlan, runDemo }, { progress }] = await Promise.all([
      import("../engine/matrix-engine.ts"),
      import("../demo/run-demo.ts"),
      import("../terminal/progress.ts"),
    ]);
    const engine = await matrixEngine();
    const size = SIZES[engine.fast ? "fast" : "slow"];
    const settings = {
      images: given.images ?? size.images,
      samples: given.samples ?? size.samples,
      seed: given.seed ?? 1,
    };
    const bar = progress(demoPlan(settings));
    const run = await runDemo(settings, engine, bar);
    bar.end();
    const result = `${JSON.stringify(run.result, null, 2)}\n`;
    if (json) process.stdout.write(result);
    if (json && out === undefined) return;
    const directory = out ?? "runs/demo";
    const [{ JSDOM }, { demoReport }, { report }, { writeRun }, { commandLine }, { demoText }] =
      await Promise.all([
        import("jsdom"),
        import("../demo/demo-report.ts"),
        import("@symbreak/figures"),
        import("../write-run.ts"),
        import("../command-line.ts"),
        import("../demo/demo-text.ts"),
      ]);
    const page = await demoReport(run, new JSDOM("").window.document, commandLine());
    writeRun(directory, { "result.json": result, "report.html": report(page) });
    if (!json) process.stdout.write(demoText(run.result, `${directory}/report.html`));
  },
});
