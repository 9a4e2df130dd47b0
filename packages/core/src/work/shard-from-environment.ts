import { invalid } from "../invalid.ts";
import type { Shard } from "./shard.ts";

/** The variables that a scheduler sets. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A shard, and in words which scheduler said so, for the log. */
export interface FoundShard extends Shard {
  readonly source: string;
}

/**
 * Which part of the work this process is, as its scheduler says: a Slurm array (`SLURM_ARRAY_TASK_ID` with `_COUNT`,
 * `_MIN`, `_MAX` and `_STEP`), a Kubernetes Indexed Job (`JOB_COMPLETION_INDEX`; the job must set `JOB_COMPLETIONS`, which
 * Kubernetes does not), or torchrun and its like (`RANK` and `WORLD_SIZE`). Undefined where none of them is set.
 *
 * @throws RangeError where a scheduler says half, where the array is not a regular one, and where two schedulers disagree
 */
export function shardFromEnvironment(environment: Environment): FoundShard | undefined {
  const found = [slurm(environment), kubernetes(environment), ranks(environment)].filter(
    (shard) => shard !== undefined,
  );
  const [first, ...others] = found;
  const other = others.find(({ index, of }) => index !== first!.index || of !== first!.of);
  if (other !== undefined)
    throw invalid("shardFromEnvironment", "schedulers must agree, or --shard i/n say it", [
      first!.source,
      other.source,
    ]);
  return first;
}

function slurm(environment: Environment): FoundShard | undefined {
  const id = numberOf(environment, "SLURM_ARRAY_TASK_ID");
  if (id === undefined) return undefined;
  const of = needed(environment, "SLURM_ARRAY_TASK_COUNT");
  const min = numberOf(environment, "SLURM_ARRAY_TASK_MIN") ?? 0;
  const step = numberOf(environment, "SLURM_ARRAY_TASK_STEP") ?? 1;
  const max = numberOf(environment, "SLURM_ARRAY_TASK_MAX") ?? min + (of - 1) * step;
  const index = (id - min) / step;
  // Of --array=1,3,7 nothing tells a task which of the three it is.
  if (max !== min + (of - 1) * step || !Number.isInteger(index) || index >= of)
    throw invalid(
      "shardFromEnvironment",
      "a Slurm array must be regular, like --array=0-6 or --array=1-13:2; or --shard i/n say it",
      `task ${id}, ${of} of ${min} to ${max} by ${step}`,
    );
  return {
    index,
    of,
    source: `Slurm array task ${id} (SLURM_ARRAY_TASK_ID): shard ${index}/${of}`,
  };
}

function kubernetes(environment: Environment): FoundShard | undefined {
  const index = numberOf(environment, "JOB_COMPLETION_INDEX");
  if (index === undefined) return undefined;
  const of = needed(environment, "JOB_COMPLETIONS");
  return below(index, of, "JOB_COMPLETION_INDEX", "Kubernetes Indexed Job");
}

function ranks(environment: Environment): FoundShard | undefined {
  const index = numberOf(environment, "RANK");
  const of = numberOf(environment, "WORLD_SIZE");
  // Each of the two names alone may mean anything.
  return index === undefined || of === undefined
    ? undefined
    : below(index, of, "RANK", "rank of WORLD_SIZE");
}

function below(index: number, of: number, name: string, what: string): FoundShard {
  if (index >= of) throw invalid("shardFromEnvironment", `${name} must lie below ${of}`, index);
  return { index, of, source: `${what} (${name}): shard ${index}/${of}` };
}

function needed(environment: Environment, name: string): number {
  const value = numberOf(environment, name);
  if (value === undefined || value === 0)
    throw invalid("shardFromEnvironment", `${name} must say how many shards there are`, value);
  return value;
}

function numberOf(environment: Environment, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw invalid("shardFromEnvironment", `${name} must be a whole number`, text);
  return Number(text);
}
