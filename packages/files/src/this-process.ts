import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told from a later one that was given the same number. */
export interface ProcessIdentity {
  /** The host, and within it the space of process numbers: two containers may both have a process 1. */
  readonly machine: string;
  readonly pid: number;
  /** When it started, in the system's own words. */
  readonly started: string;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { machine: machine(), pid: process.pid, started: startOf(process.pid) ?? "" };
}

/** Whether that process of this machine still runs. */
export function runsHere({ pid, started }: ProcessIdentity): boolean {
  return startOf(pid) === started;
}

/** Whether a process of this machine has this number. */
export function isRunning(pid: number): boolean {
  return startOf(pid) !== undefined;
}

function machine(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process started, or undefined where there is none. */
function startOf(pid: number): string | undefined {
  try {
    // proc(5): the name, in parentheses, may hold anything; of what follows, field 22 of all is the start in clock ticks.
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return process.platform === "linux" ? undefined : startByPs(pid);
  }
}

/** macOS and the BSDs have no /proc. Without `ps` either, only the number counts. */
function startByPs(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined;
  }
  try {
    const env = { ...process.env, LC_ALL: "C" };
    return execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`], { encoding: "utf8", env }).trim();
  } catch {
    return "";
  }
}
