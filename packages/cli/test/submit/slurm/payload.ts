// `ssb …` as the Slurm test runs it, but that the third task of an array is killed once: at work, with a part of its own written.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../../src/bin.ts", import.meta.url));
const words = process.argv.slice(2);
const after = (option: string) => words[words.indexOf(option) + 1] ?? "";
const directory = after("--out");
const killed = words.includes("--shard") && /^2\/[^1]/.test(after("--shard"));
const child = spawn(process.execPath, ["--conditions=source", BIN, ...words], { stdio: "inherit" });
child.on("close", (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));

/** What the third of four shards of 8000 trajectories makes first. */
const OWN = "twoGaussians-000002000-";

if (killed && !existsSync(join(directory, "killed"))) {
  mkdirSync(join(directory, "parts"), { recursive: true });
  setInterval(() => {
    const parts = readdirSync(join(directory, "parts"));
    const begun = words[0] === "sample" || parts.some((name) => name.startsWith(OWN));
    if (!begun) return;
    writeFileSync(join(directory, "killed"), `${process.pid}`);
    writeFileSync(join(directory, `samples-0.npy.partial-${process.pid}-0123abcd`), "half a file");
    child.kill("SIGKILL");
    process.kill(process.pid, "SIGKILL");
  }, 5);
}
