import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A Slurm of one machine, with two processors. */
export interface Slurm {
  /** Runs a command of Slurm's, or any that calls them, and returns its output. */
  run(command: string, ...words: readonly string[]): string;
  stop(): Promise<void>;
}

/** Why there can be no Slurm here, if so. */
export function whyNoSlurm(): string | undefined {
  const needed = ["munged", "slurmctld", "slurmd", "sbatch"];
  const absent = needed.find((name) => spawnSync("which", [name]).status !== 0);
  if (absent !== undefined) return `${absent} is not installed (Debian: slurm-wlm, munge)`;
  return process.getuid?.() === 0 ? undefined : "Slurm's daemons must be started by root";
}

/** Starts it, with its own munge, all in one folder; nothing of the machine's own Slurm is touched. */
export async function startSlurm(folder: string): Promise<Slurm> {
  const at = (name: string): string => join(folder, name);
  for (const name of ["state", "spool"]) mkdirSync(at(name));
  writeFileSync(at("key"), randomBytes(128), { mode: 0o400 });
  const host = hostname().split(".")[0]!;
  const [control, daemon] = [await freePort(), await freePort()];
  writeFileSync(
    at("slurm.conf"),
    `ClusterName=local
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${control}
SlurmdPort=${daemon}
AuthType=auth/munge
AuthInfo=socket=${at("munge.sock")}
SlurmUser=root
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SchedulerParameters=sched_interval=1
ReturnToService=2
MpiDefault=none
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
  );
  const env = { ...process.env, SLURM_CONF: at("slurm.conf") };
  const daemons: ChildProcess[] = [];
  const start = (name: string, ...words: string[]): void => {
    daemons.push(spawn(name, words, { env, stdio: "ignore" }));
  };
  const run = (command: string, ...words: readonly string[]): string =>
    execFileSync(command, words, {
      env,
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const munge = {
    socket: "munge.sock",
    "key-file": "key",
    "pid-file": "munge.pid",
    "log-file": "munge.log",
    "seed-file": "seed",
  };
  start(
    "munged",
    "--foreground",
    "--force",
    ...Object.entries(munge).map(([key, name]) => `--${key}=${at(name)}`),
  );
  await sleep(500);
  start("slurmctld", "-D");
  start("slurmd", "-D");
  const stop = async (): Promise<void> => {
    for (const daemon of daemons.toReversed()) {
      daemon.kill();
      for (let i = 0; i < 50 && daemon.exitCode === null && daemon.signalCode === null; i++)
        await sleep(100);
      daemon.kill("SIGKILL");
    }
  };
  for (let i = 0; i < 60; i++) {
    await sleep(500);
    const idle = spawnSync("sinfo", ["--noheader", "--format=%T"], { env, encoding: "utf8" });
    if (idle.stdout?.trim() === "idle") return { run, stop };
  }
  await stop();
  throw new Error("Slurm was not ready after 30 s");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
