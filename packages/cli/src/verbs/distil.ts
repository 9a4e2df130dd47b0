import { integer } from "../parse.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb distil <config>` */
export const distil: Verb = defineVerb({
  args: {
    config: {
      type: "positional",
      required: true,
      description: "A file that says who teaches, from where, and for how long (.ts, .js, .json).",
    },
    out: { type: "string", description: "Directory of the run (default runs/<name>)." },
    threads: { type: "string", description: "CPU threads (default all)." },
  },
  examples: ["ssb distil configs/mnist-distil.ts"],
  run: async ({ config, out, threads }) => {
    const { loadConfig } = await import("@symbreak/trainer/node");
    const { resolveDistil } = await import("@symbreak/trainer");
    const { runDistil } = await import("../distil/run-distil.ts");
    const count = integer("--threads", threads, 1);
    return runDistil(resolveDistil(await loadConfig(config)), {
      ...(out !== undefined && { out }),
      ...(count !== undefined && { threads: count }),
    });
  },
});
