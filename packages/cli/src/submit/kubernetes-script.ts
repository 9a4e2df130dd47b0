import { invalid } from "@symbreak/core";
import { checkJob, type ShardedJob } from "./sharded-job.ts";

/** What Kubernetes asks beyond the job. */
export interface KubernetesOptions {
  /** The image, with `ssb` in it. */
  readonly image: string;
  /** The claim of the volume that all shards share, which is their working directory. */
  readonly claim: string;
  readonly namespace?: string;
}

/** Where the shared volume is mounted. */
const MOUNT = "/work";

/**
 * An Indexed Job of the shards: each is retried by itself (`backoffLimitPerIndex`, Kubernetes 1.33), and the others go on. Its
 * number is read from JOB_COMPLETION_INDEX.
 */
export function shardsManifest(job: ShardedJob, options: KubernetesOptions): object {
  const { name, command, shards, concurrent, retries } = checkJob(job);
  return manifest(job, options, name, command, {
    completionMode: "Indexed",
    completions: shards,
    parallelism: concurrent,
    backoffLimitPerIndex: retries,
    // Those of all shards together would end the others.
    backoffLimit: 2 ** 31 - 1,
  });
}

/** The Job of the merge. */
export function mergeManifest(job: ShardedJob, options: KubernetesOptions): object {
  const { name, merge, retries } = checkJob(job);
  const alone = { ...job, gpus: 0 };
  return manifest(alone, options, `${name}-merge`, merge, { backoffLimit: retries });
}

/** A script that starts the shards, waits for them, and merges: `bash <file>`, wherever `kubectl` works. */
export function kubernetesScript(job: ShardedJob, options: KubernetesOptions): string {
  const text = (value: object): string => JSON.stringify(value, null, 2);
  const { namespace = "default" } = options;
  return `#!/bin/bash
# Starts ${job.shards} shards, waits for them, and merges: bash <this file>.
set -euo pipefail
kubectl apply -f - <<'SHARDS'
${text(shardsManifest(job, options))}
SHARDS
kubectl wait --namespace=${namespace} --for=condition=complete --timeout=-1s job/${job.name}
kubectl apply -f - <<'MERGE'
${text(mergeManifest(job, options))}
MERGE
`;
}

function manifest(
  job: ShardedJob,
  { image, claim, namespace = "default" }: KubernetesOptions,
  name: string,
  words: readonly string[],
  spec: object,
): object {
  for (const [key, value] of Object.entries({ image, claim, namespace }))
    if (!/^[a-z0-9][\w.:/@-]*$/.test(value))
      throw invalid("kubernetesScript", `${key} must be a name as Kubernetes takes it`, value);
  const { cpus, memory, gpus, shards } = checkJob(job);
  const resources = {
    cpu: `${cpus}`,
    ...(memory && { memory: `${memory}Mi` }),
    ...(gpus && { "nvidia.com/gpu": `${gpus}` }),
  };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace },
    spec: {
      ...spec,
      template: {
        spec: {
          restartPolicy: "Never",
          containers: [
            {
              name: "ssb",
              image,
              // Kubernetes would take $(NAME) for a variable.
              command: words.map((word) => word.replaceAll("$(", "$$$$(")),
              workingDir: MOUNT,
              // Kubernetes says which shard this is, and not of how many.
              env: [{ name: "JOB_COMPLETIONS", value: `${shards}` }],
              resources: { requests: resources, limits: resources },
              volumeMounts: [{ name: "work", mountPath: MOUNT }],
            },
          ],
          volumes: [{ name: "work", persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  };
}
