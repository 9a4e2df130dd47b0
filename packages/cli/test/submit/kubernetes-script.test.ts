import { execFileSync } from "node:child_process";
import { type IJob, Job } from "kubernetes-models/batch/v1/Job";
import { expect, test } from "vitest";
import {
  kubernetesScript,
  mergeManifest,
  shardsManifest,
} from "../../src/submit/kubernetes-script.ts";

const job = {
  name: "mnist-samples",
  command: ["ssb", "sample", "zoo:mnist", "--out", "a b's $(HOME)"],
  merge: ["ssb", "merge", "a b's $(HOME)"],
  shards: 7,
  concurrent: 3,
  cpus: 2,
  memory: 4096,
  gpus: 1,
};
const options = { image: "example.org/ssb:1", claim: "results", namespace: "physics" };

test("both manifests are what the API's schema asks for", () => {
  for (const manifest of [shardsManifest(job, options), mergeManifest(job, options)])
    expect(() => new Job(manifest as IJob).validate()).not.toThrow();
  const broken = { ...shardsManifest(job, options), spec: { completions: "7" } };
  expect(() => new Job(broken as never).validate()).toThrow("completions must be integer");
});

test("each shard is retried by itself, and knows how many there are", () => {
  expect(shardsManifest(job, options)).toMatchObject({
    kind: "Job",
    metadata: { name: "mnist-samples", namespace: "physics" },
    spec: {
      completionMode: "Indexed",
      completions: 7,
      parallelism: 3,
      backoffLimitPerIndex: 3,
      template: {
        spec: {
          restartPolicy: "Never",
          containers: [
            {
              // Kubernetes makes $(…) of $$(…).
              command: ["ssb", "sample", "zoo:mnist", "--out", "a b's $$(HOME)"],
              env: [{ name: "JOB_COMPLETIONS", value: "7" }],
              resources: { limits: { cpu: "2", memory: "4096Mi", "nvidia.com/gpu": "1" } },
            },
          ],
          volumes: [{ persistentVolumeClaim: { claimName: "results" } }],
        },
      },
    },
  });
  expect(JSON.stringify(mergeManifest(job, options))).not.toContain("nvidia");
});

test("the script is one that bash takes, and hands kubectl the manifests as they are", () => {
  const kubectl = 'kubectl() { if [ "$1" = apply ]; then cat; else echo "$*" >&2; fi; }';
  const out = execFileSync("bash", ["-c", `${kubectl}\n${kubernetesScript(job, options)}`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [shards, merge] = out.split(/^(?=\{)/m).map((text) => JSON.parse(text));
  expect(shards).toEqual(shardsManifest(job, options));
  expect(merge).toEqual(mergeManifest(job, options));
});

test.each([
  [{ ...job, name: "Mnist" }, options, "name must be small letters"],
  [{ ...job, shards: 0 }, options, "shards must be a whole number, 1 or more"],
  [{ ...job, retries: -1 }, options, "retries must be a whole number, 0 or more"],
  [{ ...job, command: ["a\nSHARDS\nrm"] }, options, "words must be of one line"],
  [job, { ...options, claim: "x y" }, "claim must be a name as Kubernetes takes it"],
])("what Kubernetes would refuse is refused by name", (bad, asked, message) => {
  expect(() => kubernetesScript(bad, asked)).toThrow(message);
});
