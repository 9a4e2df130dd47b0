import { philoxUniform } from "@symbreak/core";
import { expect, test } from "vitest";
import { killVerb } from "../../scripts/kills/kill-verbs.ts";

// `scripts/kills/kill-verbs.ts` kills as many times as it is told.
test.each([
  ["compare", 3],
  ["clone", 4],
  ["merge", 3],
])(
  "%s, killed at random moments and given again, ends with the bytes of a run in peace",
  async (verb, moments) => {
    const uniform = philoxUniform(7);
    let kill = 0;
    const random = () => {
      const out = new Float64Array(1);
      uniform(out, 1, kill++);
      return out[0]!;
    };
    const { killed, differing } = await killVerb(verb, moments, random);
    expect({ killed, differing }).toEqual({ killed: moments, differing: [] });
  },
  600_000,
);
