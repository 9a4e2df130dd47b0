import { spawn } from "node:child_process";

/**
 * Runs the script of a job here and now, by bash; what sbatch or kubectl say goes to stderr as they say it.
 *
 * @throws Error where it ends otherwise than in peace
 */
export async function runScript(script: string): Promise<void> {
  const child = spawn("bash", ["-s"], { stdio: ["pipe", process.stderr, process.stderr] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  child.stdin.on("error", () => {}); // bash is gone; its exit code says so
  child.stdin.end(script);
  const code = await ended;
  if (code !== 0)
    throw new Error(
      `the script of the job ended with code ${code}: nothing, or not all of it, was submitted`,
    );
}
