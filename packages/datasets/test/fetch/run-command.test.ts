import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../src/fetch/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path } = temporaryFolder();
const node = (code: string): Promise<void> =>
  runCommand(process.execPath, ["-e", code], path, "Try again");

test("a program runs in the folder it is given", async () => {
  await node('require("node:fs").writeFileSync("made", "")');
  expect(existsSync(join(path, "made"))).toBe(true);
});

test("a failure has the exit status, the last words and the hint", async () => {
  await expect(node('console.error("404 Not Found"); process.exit(3)')).rejects.toThrow(
    "expected exit status 0, found 3: 404 Not Found. Try again",
  );
});

test("a program that is not installed is named", async () => {
  await expect(runCommand("no-such-program", ["x"], path, "Install it")).rejects.toThrow(
    "no-such-program x: expected exit status 0, found spawn no-such-program ENOENT. Install it",
  );
});
