import { expect, test } from "vitest";
import { shardFromEnvironment } from "../../src/work/shard-from-environment.ts";

const array = (id: number, count: number, min: number, max: number, step?: number) => ({
  SLURM_ARRAY_TASK_ID: `${id}`,
  SLURM_ARRAY_TASK_COUNT: `${count}`,
  SLURM_ARRAY_TASK_MIN: `${min}`,
  SLURM_ARRAY_TASK_MAX: `${max}`,
  ...(step !== undefined && { SLURM_ARRAY_TASK_STEP: `${step}` }),
});

test.each([
  ["Slurm, --array=0-6", array(2, 7, 0, 6, 1), { index: 2, of: 7 }],
  ["Slurm, --array=3-15:4", array(11, 4, 3, 15, 4), { index: 2, of: 4 }],
  ["Kubernetes", { JOB_COMPLETION_INDEX: "2", JOB_COMPLETIONS: "7" }, { index: 2, of: 7 }],
  ["torchrun", { RANK: "2", WORLD_SIZE: "7" }, { index: 2, of: 7 }],
  ["two that agree", { ...array(2, 7, 0, 6), RANK: "2", WORLD_SIZE: "7" }, { index: 2, of: 7 }],
])("%s says which shard", (_, environment, shard) => {
  expect(shardFromEnvironment(environment)).toMatchObject(shard);
});

test("the log can say who said so", () => {
  expect(shardFromEnvironment(array(9, 4, 3, 12, 3))!.source).toBe(
    "Slurm array task 9 (SLURM_ARRAY_TASK_ID): shard 2/4",
  );
});

test("without a scheduler there is no shard, and RANK alone is none", () => {
  expect(shardFromEnvironment({})).toBeUndefined();
  expect(shardFromEnvironment({ RANK: "3", SLURM_ARRAY_TASK_ID: "" })).toBeUndefined();
  expect(shardFromEnvironment({ WORLD_SIZE: "3" })).toBeUndefined();
});

test.each([
  ["an irregular array", array(3, 3, 1, 7, 1), "must be regular"],
  ["a task between steps", array(5, 3, 1, 7, 3), "must be regular"],
  ["no count", { SLURM_ARRAY_TASK_ID: "3" }, "SLURM_ARRAY_TASK_COUNT must say how many"],
  ["no completions", { JOB_COMPLETION_INDEX: "3" }, "JOB_COMPLETIONS must say how many"],
  ["an index too large", { RANK: "7", WORLD_SIZE: "7" }, "RANK must lie below 7"],
  ["no number", { RANK: "-1", WORLD_SIZE: "7" }, "RANK must be a whole number"],
  [
    "two that disagree",
    { ...array(0, 2, 0, 1), RANK: "1", WORLD_SIZE: "2" },
    "schedulers must agree",
  ],
])("%s is never taken for another shard", (_, environment, message) => {
  expect(() => shardFromEnvironment(environment)).toThrow(message);
});
