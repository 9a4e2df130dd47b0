import { spawn } from "node:child_process";
import { DatasetError } from "../dataset-error.ts";

/** Runs a program to its end. @throws DatasetError when it is not installed or fails, with the last lines it said */
export async function runCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  hint: string,
): Promise<void> {
  const line = `${command} ${args.join(" ")}`;
  const expected = "exit status 0";
  await new Promise<void>((resolve, reject) => {
    // npm is a script on Windows, which only a shell starts; the arguments are ours, not a user's.
    const shell = process.platform === "win32";
    const child = spawn(command, args, { cwd, shell, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    child.on("error", (cause) => {
      reject(new DatasetError({ file: line, expected, found: cause.message, hint, cause }));
    });
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      const found = `${signal ?? code}: ${said.trim().split("\n").slice(-3).join(" / ")}`;
      reject(new DatasetError({ file: line, expected, found, hint }));
    });
  });
}
