import { agreementCurve, pick } from "@symbreak/analysis";
import { chainOf, inUnits, isChain, sameUnits, takeSamples } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { openAsked } from "../networks.ts";
import {
  askedOf,
  DATA_OPTIONS,
  grouped,
  NETWORK_DATA_OPTION,
  OUT_OPTION,
  UNITS_OPTION,
  WORKERS_OPTION,
} from "../options.ts";
import { integer, numbers } from "../parse.ts";
import { openSubject } from "../subject.ts";
import { textTable } from "../terminal/table.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** Places between the ends of the process that are looked at. */
const PLACES = 12;

/** `ssb agree <a> <b>` */
export const agree: Verb = defineVerb({
  args: {
    a: { type: "positional", required: true, description: "A network." },
    b: {
      type: "positional",
      required: true,
      description:
        "Another of the same process, such as one trained on the other half of the data.",
    },
    ...NETWORK_DATA_OPTION,
    ...DATA_OPTIONS,
    ...UNITS_OPTION,
    ...WORKERS_OPTION,
    ...grouped("Agreement", {
      samples: { type: "string", default: "200", description: "Held-out samples (default 200)." },
      times: {
        type: "string",
        description: "Times of the process (default twelve over all of it).",
      },
      seed: { type: "string", default: "0", description: "Seed of the noise (default 0)." },
    }),
    ...OUT_OPTION,
  },
  examples: ["ssb agree runs/first-half runs/second-half --data mnist"],
  run: async (args) => {
    const count = integer("--samples", args.samples, 1);
    const seed = integer("--seed", args.seed, 0);
    const times = numbers("--times", args.times);
    const asked = askedOf({ ...args, network: args.a });
    const { network: a, runtime, data, heldOut } = await openSubject(asked);
    const { workers, scale } = asked;
    const { network: b } = await openAsked({ network: args.b, options: {}, scale, workers });
    const differ = JSON.stringify(a.process.spec) !== JSON.stringify(b.process.spec);
    if (differ || !sameUnits(a.units, b.units))
      throw new UsageError(
        `${args.a} and ${args.b} must have one process and one kind of units: they see ${a.process.name} in ${a.units.name} and ${b.process.name} in ${b.units.name}`,
      );
    const { tMin, tMax } = a.process;
    const places =
      times ??
      Array.from({ length: PLACES }, (_, i) => tMax - (i * (tMax - tMin)) / PLACES).map((time) =>
        a.process.whole || isChain(a.process) ? Math.round(time) : time,
      );
    const levels = [...places].sort((s, t) => t - s).map((time) => a.process.level(time));
    const set = heldOut ?? data;
    const some = takeSamples(set, pick(set.count, count, seed));
    const schedule = chainOf(a.process);
    const found = await agreementCurve({
      ...{ a: a.denoiser, b: b.denoiser, data: inUnits(some), levels, seed, schedule },
    });
    const rows = found.at.map(({ ouTime, ddpmIndex, distance, relative, cosine }) => [
      ouTime.toFixed(3),
      ddpmIndex === null || ddpmIndex === undefined ? "" : ddpmIndex.toFixed(0),
      distance.toPrecision(3),
      relative.toFixed(3),
      cosine === null ? "" : cosine.value.toFixed(3),
    ]);
    const header = ["OU time", "DDPM index", "rms difference", "of their losses", "cosine"];
    return {
      result: {
        ...found,
        networks: [a, b].map(({ name, digest }) => ({ name, digest })),
        ...{ data: describe(some), runtime },
      },
      text: `${args.a} and ${args.b} on ${describe(some)}\n\n${textTable(header, rows, [])}\n0 of their losses: one function. About 2: their errors have nothing in common.\n`,
      name: "agree",
    };
  },
});
