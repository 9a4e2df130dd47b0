import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Contender } from "./compare.ts";

/**
 * The contenders of a Python script in `peers/`, which stays alive between rounds: it reads a task a line and answers with its own
 * time, start-up and reading of files not counted. None, and a message, where Python or its packages are missing.
 *
 * The interpreter is `$PYTHON`, else python3.
 */
export async function peers(
  script: string,
  args: readonly string[],
): Promise<{ contenders: Contender[]; stop: () => void }> {
  const python = process.env.PYTHON ?? "python3";
  const path = fileURLToPath(new URL(`./peers/${script}`, import.meta.url));
  const child = spawn(python, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const failed = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(JSON.stringify({ missing: error.message })));
    child.once("exit", () => resolve(JSON.stringify({ missing: `${python} ended` })));
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const answer = async () => {
    const line = lines.next().then(({ value, done }) => (done ? failed : (value as string)));
    return JSON.parse(await Promise.race([line, failed])) as Answer;
  };
  const hello = await answer();
  if (hello.missing !== undefined) {
    console.log(`without the peers of ${script}: ${hello.missing}`);
    return { contenders: [], stop: () => child.kill() };
  }
  const contenders = (hello.tasks ?? []).map((name) => ({
    name,
    run: async () => {
      child.stdin.write(`${name}\n`);
      const { seconds, processor, value, missing } = await answer();
      if (seconds === undefined || processor === undefined || value === undefined)
        throw new Error(`${name}: ${missing}`);
      return { seconds, processor, value };
    },
  }));
  return { contenders, stop: () => child.stdin.end() };
}

interface Answer {
  readonly tasks?: readonly string[];
  readonly missing?: string;
  readonly seconds?: number;
  readonly processor?: number;
  readonly value?: number;
}
