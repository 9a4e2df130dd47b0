import { invalid } from "@symbreak/core";
import { checkJob, type ShardedJob, shellWords } from "./sharded-job.ts";

/** What Slurm asks beyond the job; each as `sbatch` takes it. */
export interface SlurmOptions {
  readonly partition?: string;
  readonly account?: string;
  /** The longest that a shard may take: "02:00:00". */
  readonly time?: string;
  /** Folder of the tasks' output. Default "slurm". */
  readonly logs?: string;
}

/**
 * A script that submits an array of shards and their merge, which waits for all of them: `bash <file>` on a login node.
 *
 * A shard that fails is requeued so many times, on whichever machine is free; so is one whose machine fails. Its number is said
 * outright (`--shard`), so that a single task may be submitted again by hand.
 */
export function slurmScript(job: ShardedJob, options: SlurmOptions = {}): string {
  const { name, command, merge, shards, concurrent, cpus, memory, gpus, retries } = checkJob(job);
  const { logs = "slurm" } = options;
  for (const [key, value] of Object.entries(options))
    if (!/^[\w@%+=:,./-]+$/.test(value))
      throw invalid("slurmScript", `${key} must be one word without quotes`, value);
  const common = [
    ...(options.partition ? [`--partition=${options.partition}`] : []),
    ...(options.account ? [`--account=${options.account}`] : []),
    ...(options.time ? [`--time=${options.time}`] : []),
    `--cpus-per-task=${cpus}`,
    ...(memory ? [`--mem=${memory}M`] : []),
  ];
  const throttle = concurrent < shards ? `%${concurrent}` : "";
  const array = [
    `--job-name=${name}`,
    `--array=0-${shards - 1}${throttle}`,
    "--requeue",
    "--open-mode=append",
    `--output=${logs}/${name}-%A-%a.log`,
    ...common,
    ...(gpus ? [`--gpus=${gpus}`] : []),
  ];
  const last = [
    `--job-name=${name}-merge`,
    '--dependency=afterok:"$shards"',
    "--kill-on-invalid-dep=yes",
    `--output=${logs}/${name}-merge-%j.log`,
    ...common,
  ];
  return `#!/bin/bash
# Submits ${shards} shards and their merge: bash <this file>, on a login node.
set -euo pipefail
mkdir -p ${logs}
shards=$(sbatch --parsable ${array.join(" ")} <<'SHARD'
#!/bin/bash
${shellWords(command)} --shard "$SLURM_ARRAY_TASK_ID/${shards}" && exit 0
status=$?
echo "shard $SLURM_ARRAY_TASK_ID failed with $status, try \${SLURM_RESTART_COUNT:-0}" >&2
[ "\${SLURM_RESTART_COUNT:-0}" -lt ${retries} ] && scontrol requeue "$SLURM_JOB_ID" && sleep 60
exit $status
SHARD
)
shards=\${shards%%;*} # without the name of a cluster
merge=$(sbatch --parsable ${last.join(" ")} <<'MERGE'
#!/bin/bash
exec ${shellWords(merge)}
MERGE
)
echo "shards: job $shards, merge: job $merge"
`;
}
