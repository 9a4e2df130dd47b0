import { grouped, OUT_OPTION } from "../options.ts";
import { gatheringCut } from "../shards/cut.ts";
import { readJob } from "../shards/job.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, runVerb, type Verb } from "../verb.ts";

/** `ssb merge <directory>…`: the command of the shards once more, on what they have made. */
export const merge: Verb = defineVerb({
  args: {
    directory: {
      type: "positional",
      required: true,
      description: "The directories that the shards left their parts in.",
    },
    ...grouped("Shards", {
      digest: {
        type: "string",
        description: "First digits of the job's digest, where shards of several are there.",
      },
    }),
    ...OUT_OPTION,
  },
  more: true,
  examples: [
    "ssb merge runs/many",
    "ssb merge runs/many --out runs/whole",
    "ssb merge runs/of-one-machine runs/of-another",
  ],
  run: async ({ _: directories, digest = "", out, json }) => {
    const [first, ...others] = directories;
    const { VERBS } = await import("./index.ts");
    const { verb: name, argv, of } = await readJob(directories, digest);
    const verb = await (Object.hasOwn(VERBS, name) ? VERBS[name] : undefined)?.load();
    if (verb?.shards === undefined)
      throw new UsageError(`${first} holds shards of "${name}", which is no verb that has shards`);
    const target = out ?? first!.slice(0, first!.length - verb.shards.length);
    const words = [...argv, "--out", target, ...(json ? ["--json"] : [])];
    await runVerb(name, verb, words, gatheringCut(of, [first!, ...others]));
    return undefined;
  },
});
