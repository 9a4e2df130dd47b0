import { philoxUniform } from "@symbreak/core";
import { expect, test } from "vitest";
import { killTraining } from "../../../scripts/kills/kill-train.ts";

test("runs that are killed at ten random moments end with the bytes of one that was not", async () => {
  const moments = philoxUniform(1);
  let kill = 0;
  const random = () => {
    const out = new Float64Array(1);
    moments(out, 1, kill++);
    return out[0]!;
  };
  const { killed, said, differing, resumedAt } = await killTraining(10, random);
  expect(killed).toBe(10);
  expect({ said, differing }).toEqual({ said: [], differing: [] });
  // Some were killed with steps behind them.
  expect(Math.max(...resumedAt)).toBeGreaterThan(0);
}, 300_000);
